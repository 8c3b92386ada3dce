import type { Metrics } from '@aftercare/usecases/ports';
import { Metrics as EmbeddedMetrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * Metrics of one stage as lines of CloudWatch's embedded format: no API call. Everything is counted under
 * `service: aftercare`, where the alarms look; a count that names a dimension is written once more under
 * that one, at once. The others leave with `publish`, at the end of every invocation.
 */
export function createMetrics(stage: string): Metrics & { publish(): void } {
  const metrics = new EmbeddedMetrics({ namespace: `Aftercare/${stage}`, serviceName: 'aftercare' });
  return {
    count(name, value = 1, dimension) {
      metrics.addMetric(name, MetricUnit.Count, value);
      if (dimension === undefined) return;
      const single = metrics.singleMetric();
      single.addDimensions({ ...dimension });
      single.addMetric(name, MetricUnit.Count, value);
    },
    seconds: (name, value) => void metrics.addMetric(name, MetricUnit.Seconds, value),
    publish() {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
