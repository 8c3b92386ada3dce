import { composingSpeed } from '@aftercare/cli/preview/compose-speed';
import { assess } from '@aftercare/triage/assess';
import type { AssessInput } from '@aftercare/triage/assessment';
import { givenCorpus } from '@aftercare/triage/training/corpus';
import { atLeast, atMost, type Figure, median, type Part } from './part.ts';
import { triageMemory } from './triage-memory.ts';

/** Rates of the pure packages on one core, warm. */
export const rates: Part = {
  name: 'rates',
  about: 'texts composed and texts read per second, on one core; memory of reading (15 s)',
  async run(progress) {
    progress('composing');
    const composed = composeRate();
    progress('reading');
    const read = triageRate();
    progress('memory of the triage command');
    return [composed, ...read, ...(await triageMemory())];
  },
};

const bursts = 200;

function composeRate(): Figure {
  const value = composingSpeed(bursts, usedCpuMs).medianPerSecond;
  return atLeast(20_000, { name: 'texts composed', value, unit: 'per s' });
}

/** Processor time of this process: what other programs do meanwhile does not count. */
function usedCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Short texts such as patients send most. */
const shortTexts = [
  'my face is a bit red and tight today is that normal',
  'hay pus amarillo y tengo fiebre de 38.5',
  'can i wear makeup to work tomorrow?',
  'cant breathe and my lips are swelling',
  'no fever no pus just really dry and flaky lol',
  'stop sending me these please',
  'me salieron unos granitos en la frente desde ayer, es normal?',
  'need to move my appointment to next thursday',
];

const readings = 5;

/** Each text is read a few times: what other programs do meanwhile shows in few of these. */
function triageRate(): readonly Figure[] {
  const short = Array.from({ length: 1000 }, (_, index) => ({
    text: `${shortTexts[index % shortTexts.length] ?? ''} ${index % 7}`,
    hoursSinceTreatment: 20 + (index % 200),
    device: 'pen' as const,
    needleDepthMm: 1,
  }));
  return [...readingOf('short texts', short), ...readingOf('texts of the corpus', givenCorpus())];
}

function readingOf(which: string, texts: readonly AssessInput[]): readonly Figure[] {
  const readAll = (): number[] =>
    texts.map((text) => {
      const startedMs = performance.now();
      assess(text);
      return performance.now() - startedMs;
    });
  readAll();
  const rounds: number[][] = [];
  const rates: number[] = [];
  for (let round = 0; round < readings; round += 1) {
    const usedMs = usedCpuMs();
    rounds.push(readAll());
    rates.push((texts.length * 1000) / (usedCpuMs() - usedMs));
  }
  const sorted = texts
    .map((_, text) => median(rounds.map((spent) => spent[text] ?? 0)))
    .sort((left, right) => left - right);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return [
    atLeast(3000, {
      name: `${which} read, by processor time`,
      value: Math.round(median(rates)),
      unit: 'per s',
    }),
    atMost(3, { name: `reading one, p99 of all ${which}`, value: Math.round(p99 * 100) / 100, unit: 'ms' }),
  ];
}
