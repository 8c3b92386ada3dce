import { composeReminder } from '@aftercare/protocol/compose';
import { currentRelease } from '@aftercare/protocol/release';
import { assess } from '@aftercare/triage/assess';
import type { Figure } from './bench.ts';

/** Rates of the pure packages on one core, warm. */

const secondsToMeasure = 2;

function ratePerSecond(run: (round: number) => void): number {
  for (let round = 0; round < 500; round += 1) run(round);
  const startedMs = performance.now();
  let rounds = 0;
  while (performance.now() - startedMs < secondsToMeasure * 1000) {
    run(rounds);
    rounds += 1;
  }
  return Math.round(rounds / ((performance.now() - startedMs) / 1000));
}

export function composeRate(): number {
  const release = currentRelease();
  const days = [1, 3, 7, 14] as const;
  const depths = [0.25, 0.5, 1, 1.5, 2.5];
  return ratePerSecond((round) => {
    composeReminder({
      release,
      session: {
        endedAt: '2026-11-21T16:30:00.000Z',
        timeZone: 'America/New_York',
        device: 'pen',
        needleDepthMm: depths[round % depths.length] ?? 1,
        areas: ['face'],
        flags: [],
        alsoHealing: [],
      },
      day: days[round % days.length] ?? 1,
      now: '2026-11-24T15:00:00.000Z',
      language: round % 2 === 0 ? 'en' : 'es',
      style: round % 3 === 0 ? 'concise' : 'standard',
      clinicName: 'GlowClinic',
      phone: '305-555-0100',
    });
  });
}

const texts = [
  'my face is a bit red and tight today is that normal',
  'hay pus amarillo y tengo fiebre de 38.5',
  'can i wear makeup to work tomorrow?',
  'cant breathe and my lips are swelling',
  'no fever no pus just really dry and flaky lol',
  'stop sending me these please',
  'me salieron unos granitos en la frente desde ayer, es normal?',
  'need to move my appointment to next thursday',
];

export function triageRate(): readonly Figure[] {
  const spentMs: number[] = [];
  const rate = ratePerSecond((round) => {
    const startedMs = performance.now();
    assess({
      text: `${texts[round % texts.length] ?? ''} ${round % 7}`,
      hoursSinceTreatment: 20 + (round % 200),
      device: 'pen',
      needleDepthMm: 1,
    });
    spentMs.push(performance.now() - startedMs);
  });
  const sorted = spentMs.sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return [
    { what: 'texts read', value: rate, unit: 'per s, one core', wanted: 'at least 3000' },
    { what: 'reading one text, p99', value: Math.round(p99 * 100) / 100, unit: 'ms', wanted: 'under 3' },
  ];
}
