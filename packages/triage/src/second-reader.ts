import shipped from '../weights/v1.json' with { type: 'json' };
import { type Level, levels } from './assessment.ts';
import { fromBase85 } from './base85.ts';
import { buckets, type Features } from './features.ts';
import { decodeWeights } from './weight-code.ts';

/** How likely each level is, by the statistical reader (sum 1), and how likely the text revokes consent. */
export type Opinion = { readonly levels: Readonly<Record<Level, number>>; readonly optOut: number };

type Stored = { scale: number; length: number; coded: string };

/** Both heads as `weights/v1.json` holds them: 4-bit weights, range coded, base 85. */
export type StoredModel = { levels: Stored; optOut: Stored };

type Head = { weights: Int8Array; scale: number; classes: number };

/** A model ready to read texts. */
export type SecondReader = (features: Features) => Opinion;

function headOf({ scale, length, coded }: Stored, classes: number): Head {
  return { weights: decodeWeights(fromBase85(coded, length), buckets, classes), scale, classes };
}

function shares({ weights, scale, classes }: Head, features: Features): Float64Array {
  const scores = new Float64Array(classes);
  for (let index = 0; index < features.at.length; index += 1) {
    const row = (features.at[index] ?? 0) * classes;
    const value = (features.value[index] ?? 0) * scale;
    for (let label = 0; label < classes; label += 1) {
      scores[label] = (scores[label] ?? 0) + (weights[row + label] ?? 0) * value;
    }
  }
  const top = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - top));
  const sum = raised.reduce((total, value) => total + value, 0);
  return raised.map((value) => value / sum);
}

/** The head that says yes or no: its two classes mirror each other, so one is stored. */
function chance({ weights, scale }: Head, features: Features): number {
  let score = 0;
  for (let index = 0; index < features.at.length; index += 1) {
    score += (weights[features.at[index] ?? 0] ?? 0) * scale * (features.value[index] ?? 0);
  }
  return 1 / (1 + Math.exp(-2 * score));
}

/** Unpacks a model; training/cross-validate.ts unpacks others than the shipped one. */
export function readerOf(model: StoredModel): SecondReader {
  const level = headOf(model.levels, levels.length);
  const wish = headOf(model.optOut, 1);
  return (features) => {
    const share = shares(level, features);
    const of = (name: Level): number => share[levels.indexOf(name)] ?? 0;
    return {
      levels: {
        emergency: of('emergency'),
        urgent: of('urgent'),
        review: of('review'),
        self_care: of('self_care'),
        question: of('question'),
        opt_out: of('opt_out'),
        opt_in: of('opt_in'),
        help: of('help'),
        admin: of('admin'),
        unclear: of('unclear'),
      },
      optOut: chance(wish, features),
    };
  };
}

let shippedReader: SecondReader | undefined;

/**
 * The shipped second reader: a linear model over hashed features, trained by training/train.ts. It may
 * raise a level or choose between calm ones; what a certain rule found severe it never lowers
 * (decide.ts).
 */
export function opinionOf(features: Features): Opinion {
  shippedReader ??= readerOf(shipped);
  return shippedReader(features);
}
