import type { Metrics } from '@aftercare/usecases/ports';
import { Metrics as EmbeddedMetrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * Metrics of one stage, under `service: aftercare` and what a count names besides, as lines of CloudWatch's
 * embedded format: no API call. A measurement with a dimension is written at once, the others with `publish`,
 * which belongs at the end of every invocation.
 */
export function createMetrics(stage: string): Metrics & { publish(): void } {
  const metrics = new EmbeddedMetrics({ namespace: `Aftercare/${stage}`, serviceName: 'aftercare' });
  return {
    count(name, value = 1, dimension) {
      if (dimension === undefined) {
        metrics.addMetric(name, MetricUnit.Count, value);
        return;
      }
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
