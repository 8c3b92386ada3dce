import { type Level, levels } from './assessment.ts';
import type { Verdict } from './rules.ts';
import type { Opinion } from './second-reader.ts';

/** What is known about one text when the level is chosen. */
export type Grounds = {
  verdict: Verdict;
  opinion: Opinion;
  optOut: boolean;
  optIn: boolean;
};

/** Chosen by cross-validation on the build part and the own corpus (docs/triage.md, thresholds). */
export const thresholds = {
  likelyEmergency: 0.15,
  likelyUrgent: 0.2,
  readerEmergency: 0.4,
  readerEmergencyOverUrgentRule: 0.5,
  readerSevere: 0.6,
  ruleBonus: 0.25,
  optOutBonus: 0.6,
  optInBonus: 0.4,
  readerOptOut: 0.3,
  saidOptOut: 0.12,
  severeDoubt: 0.3,
  noReassurance: 0.4,
};

export type Choice = { level: Level; by: 'rule' | 'reader' };

function severe({ verdict, opinion }: Grounds): Choice | undefined {
  const severity = opinion.levels.emergency + opinion.levels.urgent;
  const { level, certain } = verdict;
  const emergencyRule = level === 'emergency' && (certain || severity >= thresholds.likelyEmergency);
  if (emergencyRule) return { level: 'emergency', by: 'rule' };
  const urgentRule = level === 'urgent' && (certain || severity >= thresholds.likelyUrgent);
  const bar = urgentRule ? thresholds.readerEmergencyOverUrgentRule : thresholds.readerEmergency;
  if (opinion.levels.emergency >= bar) return { level: 'emergency', by: 'reader' };
  if (urgentRule) return { level: 'urgent', by: 'rule' };
  if (severity >= thresholds.readerSevere) return { level: 'urgent', by: 'reader' };
  return undefined;
}

/**
 * Joins the rules and the second reader (issue 4): a certain rule is never lowered; a likely one needs
 * the reader not to rule it out; the reader alone may raise; between calm levels the reader chooses,
 * the rules weigh in.
 */
export function chooseLevel(grounds: Grounds): Choice {
  const raised = severe(grounds);
  if (raised !== undefined) return raised;
  const { verdict, opinion, optOut, optIn } = grounds;
  const doubt = opinion.levels.emergency + opinion.levels.urgent >= thresholds.noReassurance;
  let best: Choice = { level: 'unclear', by: 'reader' };
  let most = -1;
  for (const level of levels) {
    if (level === 'emergency' || level === 'urgent' || (level === 'opt_out' && !optOut)) continue;
    if (doubt && (level === 'self_care' || level === 'admin')) continue;
    const backed = level === verdict.level || level === verdict.calm;
    const bonus =
      (backed ? thresholds.ruleBonus : 0) +
      (level === 'opt_out' && optOut ? thresholds.optOutBonus : 0) +
      (level === 'opt_in' && optIn ? thresholds.optInBonus : 0);
    if (opinion.levels[level] + bonus <= most) continue;
    most = opinion.levels[level] + bonus;
    best = { level, by: backed ? 'rule' : 'reader' };
  }
  return best;
}
