import { composingSpeed } from '@aftercare/cli/preview/compose-speed';
import { assess } from '@aftercare/triage/assess';
import { atLeast, atMost, type Figure, type Part } from './part.ts';

/** Rates of the pure packages on one core, warm. */
export const rates: Part = {
  name: 'rates',
  about: 'texts composed and texts read per second, on one core (10 s)',
  async run(progress) {
    progress('composing');
    const composed = composeRate();
    progress('reading');
    return [composed, ...triageRate()];
  },
};

const secondsToMeasure = 2;
const bursts = 200;

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

function composeRate(): Figure {
  const value = composingSpeed(bursts, usedCpuMs).medianPerSecond;
  return atLeast(20_000, { name: 'texts composed', value, unit: 'per s' });
}

/** Processor time of this process: what other programs do meanwhile does not count. */
function usedCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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

function triageRate(): readonly Figure[] {
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
    atLeast(3000, { name: 'texts read', value: rate, unit: 'per s' }),
    atMost(3, { name: 'reading one text, p99', value: Math.round(p99 * 100) / 100, unit: 'ms' }),
  ];
}
