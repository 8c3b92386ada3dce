import type { CareSession } from './session.ts';

/** Depth classes of protocol-facts C1, mildest first, so a later entry is always the stricter one. */
export const CLASS_IDS = ['N03', 'N07', 'N10', 'N15', 'RF'] as const;
export type ClassId = (typeof CLASS_IDS)[number];

/**
 * The class whose rules bind this one session (protocol-facts C1). RF overrides depth; a depth between
 * classes rounds up; unknown or several depths, an unknown device or a combined visit take the strictest
 * class that could apply.
 */
export function classOf(session: CareSession): ClassId {
  if (session.device === 'rf' || session.device === null) return 'RF';
  if ((session.combinedWith ?? []).length > 0) return 'RF';
  const depths = typeof session.needleDepthMm === 'number' ? [session.needleDepthMm] : session.needleDepthMm;
  if (depths === null || depths.length === 0) return 'N15';
  return classOfDepth(Math.max(...depths));
}

/**
 * The strictest class among the session and every earlier one it names as still healing (product-rules 7).
 */
export function strictestClassOf(session: CareSession): ClassId {
  return session.alsoHealing.map(strictestClassOf).reduce(stricterClass, classOf(session));
}

export function stricterClass(a: ClassId, b: ClassId): ClassId {
  return CLASS_IDS.indexOf(a) >= CLASS_IDS.indexOf(b) ? a : b;
}

function classOfDepth(depthMm: number): ClassId {
  if (depthMm <= 0.3) return 'N03';
  if (depthMm <= 0.75) return 'N07';
  return depthMm <= 1 ? 'N10' : 'N15';
}
