import { buckets } from '../src/feature-hash.ts';
import type { Features } from '../src/features.ts';
import { drawsFrom, sharesFrom } from './draws.ts';

/** One training example: its features, class index and weight. */
export type Example = { features: Features; label: number; weight: number };

/**
 * `start`: weights to go on from; those that are zero in it stay zero. `drop`: the share of a text's features
 * that one look at it leaves out, so that no single one is relied on.
 */
export type TrainOptions = {
  classes: number;
  epochs: number;
  rate: number;
  l2: number;
  seed: number;
  drop: number;
  start?: Float32Array;
};

function shuffled(length: number, seed: number): number[] {
  const order = Array.from({ length }, (_, index) => index);
  const draw = drawsFrom(seed >>> 0 || 1);
  for (let index = length - 1; index > 0; index -= 1) {
    const other = draw() % (index + 1);
    const held = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}

/** Class probabilities of one text under `weights` (row-major: bucket × class). */
export function probabilitiesOf(weights: Float32Array, features: Features, classes: number): Float64Array {
  const scores = new Float64Array(classes);
  for (let index = 0; index < features.at.length; index += 1) {
    const row = (features.at[index] ?? 0) * classes;
    const value = features.value[index] ?? 0;
    for (let label = 0; label < classes; label += 1) {
      scores[label] = (scores[label] ?? 0) + (weights[row + label] ?? 0) * value;
    }
  }
  const top = Math.max(...scores);
  let sum = 0;
  for (let label = 0; label < classes; label += 1) {
    const value = Math.exp((scores[label] ?? 0) - top);
    scores[label] = value;
    sum += value;
  }
  return scores.map((value) => value / sum);
}

/** Leaves out features by chance; the others count for them. */
function thinned({ at, value }: Features, drop: number, random: () => number): Features {
  const louder = 1 / Math.sqrt(1 - drop);
  const kept = new Int32Array(at.length);
  const values = new Float32Array(at.length);
  let count = 0;
  for (let index = 0; index < at.length; index += 1) {
    if (random() < drop) continue;
    kept[count] = at[index] ?? 0;
    values[count] = (value[index] ?? 0) * louder;
    count += 1;
  }
  return { at: kept.subarray(0, count), value: values.subarray(0, count) };
}

function step(weights: Float32Array, squares: Float32Array, example: Example, options: TrainOptions): void {
  const { classes, rate, l2, start } = options;
  const guess = probabilitiesOf(weights, example.features, classes);
  const { at, value } = example.features;
  for (let label = 0; label < classes; label += 1) {
    const error = ((guess[label] ?? 0) - (label === example.label ? 1 : 0)) * example.weight;
    if (Math.abs(error) < 1e-4) continue;
    for (let index = 0; index < at.length; index += 1) {
      const cell = (at[index] ?? 0) * classes + label;
      if (start !== undefined && start[cell] === 0) continue;
      const weight = weights[cell] ?? 0;
      const gradient = error * (value[index] ?? 0) + l2 * weight;
      const square = (squares[cell] ?? 0) + gradient * gradient;
      squares[cell] = square;
      weights[cell] = weight - (rate * gradient) / Math.sqrt(square);
    }
  }
}

/**
 * Multinomial logistic regression by AdaGrad; deterministic for a seed. The result is the mean of the weights
 * after each epoch of the second half, which hangs less on the texts that came last.
 */
export function trainModel(examples: readonly Example[], options: TrainOptions): Float32Array {
  const { classes, epochs, seed, drop, start } = options;
  const weights = start?.slice() ?? new Float32Array(buckets * classes);
  const squares = new Float32Array(buckets * classes).fill(1e-2);
  const sum = new Float32Array(buckets * classes);
  const half = Math.floor(epochs / 2);
  const random = sharesFrom(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const index of shuffled(examples.length, seed + epoch)) {
      const example = examples[index];
      if (example === undefined) continue;
      const features = thinned(example.features, drop, random);
      step(weights, squares, { ...example, features }, options);
    }
    if (epoch < half) continue;
    for (let at = 0; at < sum.length; at += 1) sum[at] = (sum[at] ?? 0) + (weights[at] ?? 0);
  }
  return sum.map((total) => total / (epochs - half));
}

/**
 * How sharply the loss bends at each weight (the diagonal of its second derivative): value² × p(1 − p),
 * summed over the texts. Half of it times weight² is what leaving the weight out costs.
 */
export function curvatureOf(
  weights: Float32Array,
  examples: readonly Example[],
  classes: number,
): Float32Array {
  const curvature = new Float32Array(weights.length);
  for (const { features, weight } of examples) {
    const bends = probabilitiesOf(weights, features, classes).map((p) => (p * (1 - p) + leastBend) * weight);
    for (const [index, bucket] of features.at.entries()) {
      const square = (features.value[index] ?? 0) ** 2;
      for (let label = 0; label < classes; label += 1) {
        const cell = bucket * classes + label;
        curvature[cell] = (curvature[cell] ?? 0) + square * (bends[label] ?? 0);
      }
    }
  }
  return curvature;
}

/** Where the model is already sure, a weight still has a share in it. */
const leastBend = 1e-3;
