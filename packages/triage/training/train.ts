import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { type Level, levels } from '../src/assessment.ts';
import { findConcepts } from '../src/concepts.ts';
import { type Features, featuresOf } from '../src/features.ts';
import type { StoredModel } from '../src/second-reader.ts';
import { augmented } from './augment.ts';
import { givenCorpus, partOf } from './corpus.ts';
import { type Example, trainModel } from './model.ts';
import { type Labelled, ownCorpus } from './own-corpus.ts';

const options = { epochs: 12, rate: 0.3, l2: 1e-4, seed: 7 } as const;

/**
 * Texts of the given corpus count more than our own: they are what patients' texts are taken to look
 * like.
 */
const givenWeight = 2;
const copyWeight = 0.4;
const keptWeights = 45_000;
const keptOptOutWeights = 8_000;
const largest = 7;

/** A text and its noisy copy, read once; `share` = 1 for the text itself. */
export type Read = { record: Labelled; features: Features; share: number };

/** Reads a labelled text and its noisy copies into features. */
export function readAll(record: Labelled): Read[] {
  return augmented(record).map((copy, index) => ({
    record: copy,
    features: featuresOf(copy, findConcepts(copy.text, false)),
    share: index === 0 ? 1 : copyWeight,
  }));
}

/** How much our own texts of a level count, so that levels weigh as in the given corpus (at most doubled). */
function balance(given: readonly Labelled[], own: readonly Labelled[]): ReadonlyMap<Level, number> {
  const shareOf = (records: readonly Labelled[], level: Level): number =>
    records.filter((record) => record.level === level).length / records.length;
  return new Map(
    levels.map((level) => [level, Math.min(2, Math.max(0.3, shareOf(given, level) / shareOf(own, level)))]),
  );
}

export type Trained = { levels: Float32Array; optOut: Float32Array };

/** Trains both heads: which level, and whether the text revokes consent. */
export function trainBoth(given: readonly Read[], own: readonly Read[]): Trained {
  const weights = balance(
    given.map(({ record }) => record),
    own.map(({ record }) => record),
  );
  const example = ({ record, features, share }: Read, weight: number): Example => ({
    features,
    label: levels.indexOf(record.level),
    weight: weight * share,
  });
  const wish = ({ record, features, share }: Read, weight: number): Example => ({
    features,
    label: record.optOut ? 1 : 0,
    weight: weight * share,
  });
  return {
    levels: trainModel(
      [
        ...given.map((one) => example(one, givenWeight)),
        ...own.map((one) => example(one, weights.get(one.record.level) ?? 1)),
      ],
      { ...options, classes: levels.length },
    ),
    optOut: trainModel([...given.map((one) => wish(one, givenWeight)), ...own.map((one) => wish(one, 1))], {
      ...options,
      classes: 2,
    }),
  };
}

/** Keeps the largest weights and rounds them to 4 bits; the rest is zero and deflates away. */
export function quantised(weights: Float32Array, kept: number): { bytes: Int8Array; scale: number } {
  const sizes = Array.from(weights, Math.abs).sort((left, right) => right - left);
  const smallest = sizes[kept] ?? 0;
  const scale = (sizes[Math.floor(kept * 0.0005)] ?? 1) / largest;
  const bytes = Int8Array.from(weights, (weight) =>
    Math.abs(weight) < smallest ? 0 : Math.max(-largest, Math.min(largest, Math.round(weight / scale))),
  );
  return { bytes, scale };
}

/** What is shipped: deflated, in base64. */
export function packed(weights: Float32Array, kept: number): { scale: number; deflated: string } {
  const { bytes, scale } = quantised(weights, kept);
  const deflated = deflateRawSync(Buffer.from(bytes.buffer), { level: 9 }).toString('base64');
  return { scale: Number(scale.toPrecision(6)), deflated };
}

/** The model as it will be shipped, from weights in memory. */
export function shippable({ levels: level, optOut }: Trained): StoredModel {
  return { levels: packed(level, keptWeights), optOut: packed(optOut, keptOptOutWeights) };
}

if (import.meta.main) {
  const build = givenCorpus().filter((record) => partOf(record.id) === 'build');
  const model = shippable(trainBoth(build.flatMap(readAll), ownCorpus().flatMap(readAll)));
  const text = `${JSON.stringify(model)}\n`;
  writeFileSync(new URL('../weights/v1.json', import.meta.url), text);
  process.stdout.write(
    `${build.length} given texts, ${ownCorpus().length} own, ${text.length} characters of weights\n`,
  );
}
