import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { Chance } from './chance.ts';

/** What the clinicians of each clinic have signed, and when (product-rules 1). */
export type Approvals = {
  readonly carrier: 'live' | 'emulator';
  /** The configuration as administration would have stored it then. */
  configAt(clinicId: string, ms: number): ClinicConfig | undefined;
};

const dayMs = 86_400_000;
/** One of the numbers that patients have (people.ts). */
const testNumbers = ['+17865552000'];
const mostlySigned = [['en', 'es'], ['en', 'es'], ['en'], ['en'], []] as const;

/** In a quarter of the seeds the carrier is live: clinics signed everything, English only, or nothing yet. */
export function chooseApprovals(
  chance: Chance,
  plain: readonly ClinicConfig[],
  startMs: number,
  triageVersion: number,
): Approvals & { readonly clinics: readonly ClinicConfig[] } {
  const carrier = chance.hits(0.25) ? 'live' : 'emulator';
  const known = new Map<string, { readonly config: ClinicConfig; readonly withdrawnMs: number }>();
  for (const config of plain) {
    const signed = carrier === 'emulator' ? [] : chance.pick(mostlySigned);
    const numbers = carrier === 'live' && signed.length < 2 ? testNumbers : [];
    const approvals = signed.flatMap((language) => [
      approval('protocol', config.protocol.id, config.protocol.version, language),
      approval('triage', 'replies', triageVersion, language),
    ]);
    const withdrawn = carrier === 'live' && chance.hits(0.3);
    known.set(config.clinicId, {
      config: { ...config, approvals, testNumbers: numbers },
      withdrawnMs: withdrawn ? startMs + chance.fraction() * 20 * dayMs : Number.POSITIVE_INFINITY,
    });
  }
  return {
    carrier,
    clinics: [...known.values()].map(({ config }) => config),
    configAt(clinicId, ms) {
      const held = known.get(clinicId);
      return held !== undefined && ms >= held.withdrawnMs ? { ...held.config, approvals: [] } : held?.config;
    },
  };
}

function approval(
  subject: 'protocol' | 'triage',
  id: string,
  version: number,
  language: 'en' | 'es',
): ClinicConfig['approvals'][number] {
  const who = { name: 'Dr Simulated', licence: 'FL 1', approvedOn: '2026-01-01' } as const;
  return { subject, id, version, language, ...who };
}
