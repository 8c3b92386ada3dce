import type { Metrics } from '@aftercare/usecases/ports';

export type Measurement = {
  readonly name: string;
  readonly unit: 'count' | 'seconds';
  readonly value: number;
  readonly dimension: { readonly [name: string]: string };
};

export type MemoryMetrics = Metrics & {
  readonly measurements: readonly Measurement[];
  /** Sum of a count over all its dimensions. */
  total(name: string): number;
};

/** Keeps every measurement, in order. */
export function createMemoryMetrics(): MemoryMetrics {
  const measurements: Measurement[] = [];
  return {
    measurements,
    count: (name, value = 1, dimension = {}) =>
      void measurements.push({ name, unit: 'count', value, dimension: { ...dimension } }),
    seconds: (name, value) => void measurements.push({ name, unit: 'seconds', value, dimension: {} }),
    total: (name) =>
      measurements.filter((entry) => entry.name === name).reduce((sum, entry) => sum + entry.value, 0),
  };
}
