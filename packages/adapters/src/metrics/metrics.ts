import type { Metrics } from '@aftercare/usecases/ports';

type Unit = 'Count' | 'Seconds';
type Stored = { readonly unit: Unit; readonly values: number[] };
type Dimension = { readonly [name: string]: string };
/** What leaves as one line: metrics that are counted under the same dimension. */
type Group = { readonly dimension: Dimension; readonly metrics: Map<string, Stored> };

const service = 'aftercare';
/** What one line may hold (CloudWatch, "Specification: Embedded metric format"). */
const mostNames = 100;
const mostValues = 100;

/**
 * Metrics of one stage as lines of CloudWatch's embedded format: no API call. Everything is counted under
 * `service: aftercare`, where the alarms look; what names a dimension is counted under that as well, by the
 * same line. They leave with `publish`, at the end of every invocation.
 */
export function createMetrics(
  stage: string,
  print: (line: string) => unknown = (line) => process.stdout.write(line),
): Metrics & { publish(): void } {
  const namespace = `Aftercare/${stage}`;
  const groups = new Map<string, Group>();
  const publish = (): void => {
    for (const group of groups.values()) print(lineOf(namespace, group));
    groups.clear();
  };
  const add = (name: string, unit: Unit, value: number, dimension: Dimension = {}): void => {
    const key = JSON.stringify(dimension);
    const group = groups.get(key) ?? { dimension, metrics: new Map<string, Stored>() };
    groups.set(key, group);
    const held = group.metrics.get(name) ?? { unit, values: [] };
    group.metrics.set(name, held);
    held.values.push(value);
    if (held.values.length === mostValues || group.metrics.size === mostNames) publish();
  };
  return {
    count: (name, value = 1, dimension) => add(name, 'Count', value, dimension),
    seconds: (name, value) => add(name, 'Seconds', value),
    publish,
  };
}

function lineOf(namespace: string, { dimension, metrics }: Group): string {
  const values = [...metrics].map(([name, held]) => [
    name,
    held.values.length === 1 ? held.values[0] : held.values,
  ]);
  const names = Object.keys(dimension);
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [['service'], ...(names.length === 0 ? [] : [['service', ...names]])],
          Metrics: [...metrics].map(([name, { unit }]) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    service,
    ...dimension,
    ...Object.fromEntries(values),
  };
  return `${JSON.stringify(line)}\n`;
}
