import { writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { levels } from '../src/assessment.ts';
import { findConcepts } from '../src/concepts.ts';
import { featuresOf } from '../src/features.ts';
import { augmented } from './augment.ts';
import { givenCorpus, partOf } from './corpus.ts';
import { type Example, trainModel } from './model.ts';
import { type Labelled, ownCorpus } from './own-corpus.ts';

export const options = { classes: levels.length, epochs: 12, rate: 0.3, l2: 1e-4, seed: 7 } as const;

/** Texts of the given corpus count more than our own: they are what patients' texts are taken to look like. */
const givenWeight = 1.5;
const emergencyWeight = 1.5;
const keptWeights = 20_000;
const largest = 7;

/** One labelled text as a training example. */
export function exampleOf(record: Labelled, weight: number): Example {
  const findings = findConcepts(record.text, false);
  const urgency = record.level === 'emergency' ? emergencyWeight : 1;
  return {
    features: featuresOf(record, findings),
    label: levels.indexOf(record.level),
    weight: weight * urgency,
  };
}

/** Examples of a set of given texts and the whole own corpus, noisy copies included. */
export function examplesOf(given: readonly Labelled[]): Example[] {
  return [
    ...given.flatMap((record) =>
      augmented(record).map((copy, index) => exampleOf(copy, index === 0 ? givenWeight : 0.5)),
    ),
    ...ownCorpus().flatMap((record) =>
      augmented(record).map((copy, index) => exampleOf(copy, index === 0 ? 1 : 0.4)),
    ),
  ];
}

/** Keeps the largest weights and rounds them to 4 bits; the rest is zero and deflates away. */
export function quantised(weights: Float32Array): { bytes: Int8Array; scale: number } {
  const sizes = Array.from(weights, Math.abs).sort((left, right) => right - left);
  const smallest = sizes[keptWeights] ?? 0;
  const scale = (sizes[Math.floor(keptWeights * 0.002)] ?? 1) / largest;
  const bytes = Int8Array.from(weights, (weight) =>
    Math.abs(weight) < smallest ? 0 : Math.max(-largest, Math.min(largest, Math.round(weight / scale))),
  );
  return { bytes, scale };
}

if (process.argv[1]?.endsWith('train.ts') === true) {
  const build = givenCorpus().filter((record) => partOf(record.id) === 'build');
  const { bytes, scale } = quantised(trainModel(examplesOf(build), options));
  const deflated = deflateRawSync(Buffer.from(bytes.buffer), { level: 9 }).toString('base64');
  writeFileSync(new URL('../weights/v1.json', import.meta.url), `${JSON.stringify({ scale, deflated })}\n`);
  console.log(
    `${build.length} given texts, ${ownCorpus().length} own, ${deflated.length} characters of weights`,
  );
}
