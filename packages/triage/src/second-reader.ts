import { inflateRawSync } from 'node:zlib';
import stored from '../weights/v1.json' with { type: 'json' };
import { type Level, levels } from './assessment.ts';
import type { Features } from './features.ts';

/** How likely each level is, by the statistical reader; the sum is 1. */
export type Opinion = Readonly<Record<Level, number>>;

type Loaded = { quantised: Int8Array; scale: number };

let loaded: Loaded | undefined;

function weights(): Loaded {
  if (loaded === undefined) {
    const bytes = inflateRawSync(Buffer.from(stored.deflated, 'base64'));
    loaded = {
      quantised: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      scale: stored.scale,
    };
  }
  return loaded;
}

/**
 * The second reader: a linear model over hashed features, trained by training/train.ts. It may raise a level or
 * choose between calm ones; what a certain rule found severe it never lowers (decide.ts).
 */
export function opinionOf(features: Features): Opinion {
  const { quantised, scale } = weights();
  const scores = new Float64Array(levels.length);
  for (let index = 0; index < features.at.length; index += 1) {
    const row = (features.at[index] ?? 0) * levels.length;
    const value = (features.value[index] ?? 0) * scale;
    for (let label = 0; label < levels.length; label += 1) {
      scores[label] = (scores[label] ?? 0) + (quantised[row + label] ?? 0) * value;
    }
  }
  const top = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const sum = raised.reduce((total, value) => total + value, 0);
  const share = (level: Level): number => (raised[levels.indexOf(level)] ?? 0) / sum;
  return {
    emergency: share('emergency'),
    urgent: share('urgent'),
    review: share('review'),
    self_care: share('self_care'),
    question: share('question'),
    opt_out: share('opt_out'),
    opt_in: share('opt_in'),
    help: share('help'),
    admin: share('admin'),
    unclear: share('unclear'),
  };
}
