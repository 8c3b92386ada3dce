import type { Metrics } from '@aftercare/usecases/ports';

type Unit = 'Count' | 'Seconds';
type Stored = { readonly unit: Unit; readonly values: number[] };

const service = 'aftercare';
/** What one line may hold (CloudWatch, "Specification: Embedded metric format"). */
const mostNames = 100;
const mostValues = 100;

/**
 * Metrics of one stage as lines of CloudWatch's embedded format: no API call. Everything is counted under
 * `service: aftercare`, where the alarms look; a count that names a dimension is written once more under
 * that one, at once. The others leave with `publish`, at the end of every invocation.
 */
export function createMetrics(stage: string): Metrics & { publish(): void } {
  const namespace = `Aftercare/${stage}`;
  const stored = new Map<string, Stored>();
  const publish = (): void => {
    if (stored.size > 0) writeLine(namespace, stored, {});
    stored.clear();
  };
  const add = (name: string, unit: Unit, value: number): void => {
    const held = stored.get(name) ?? { unit, values: [] };
    stored.set(name, held);
    held.values.push(value);
    if (held.values.length === mostValues || stored.size === mostNames) publish();
  };
  return {
    count(name, value = 1, dimension) {
      add(name, 'Count', value);
      if (dimension === undefined) return;
      writeLine(namespace, new Map([[name, { unit: 'Count', values: [value] }]]), dimension);
    },
    seconds: (name, value) => add(name, 'Seconds', value),
    publish,
  };
}

function writeLine(
  namespace: string,
  metrics: ReadonlyMap<string, Stored>,
  dimension: { readonly [name: string]: string },
): void {
  const values = [...metrics].map(([name, held]) => [
    name,
    held.values.length === 1 ? held.values[0] : held.values,
  ]);
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [['service', ...Object.keys(dimension)]],
          Metrics: [...metrics].map(([name, { unit }]) => ({ Name: name, Unit: unit })),
        },
      ],
    },
    service,
    ...dimension,
    ...Object.fromEntries(values),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
