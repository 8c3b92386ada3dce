import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMetrics } from './metrics.ts';

let lines: string[];

beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => void vi.restoreAllMocks());

const published = () => lines.map((line) => JSON.parse(line));

describe('metrics', () => {
  it('leave as one line of the embedded format, at the end', () => {
    const metrics = createMetrics('dev');
    metrics.count('SessionsAccepted');
    metrics.count('SessionsAccepted', 2);
    metrics.seconds('DueToAccepted', 1.5);
    expect(lines).toEqual([]);
    metrics.publish();
    metrics.publish();
    expect(lines).toHaveLength(1);
    const [line] = published();
    expect(line).toMatchObject({ service: 'aftercare', SessionsAccepted: [1, 2], DueToAccepted: 1.5 });
    expect(line._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'Aftercare/dev',
      Dimensions: [['service']],
    });
    const units = Object.fromEntries(
      line._aws.CloudWatchMetrics[0].Metrics.map((metric: { Name: string; Unit: string }) => [
        metric.Name,
        metric.Unit,
      ]),
    );
    expect(units).toEqual({ SessionsAccepted: 'Count', DueToAccepted: 'Seconds' });
  });

  it('never put more values into one line than CloudWatch takes', () => {
    const metrics = createMetrics('dev');
    for (let count = 0; count < 250; count += 1) metrics.count('Looked');
    metrics.publish();
    expect(published().map((line) => line.Looked.length)).toEqual([100, 100, 50]);
  });

  it('say the same of a whole batch in one line', () => {
    const metrics = createMetrics('dev');
    for (let event = 0; event < 3; event += 1) metrics.count('Attempts', 1, { outcome: '2xx' });
    metrics.publish();
    expect(published().map((line) => [line.outcome, line.Attempts])).toEqual([['2xx', [1, 1, 1]]]);
  });

  it('count what names a dimension under it, and once in all, where the alarms look', () => {
    const metrics = createMetrics('dev');
    metrics.count('RemindersSkipped', 1, { reason: 'opted_out' });
    metrics.count('RemindersSkipped', 1, { reason: 'window_passed' });
    metrics.count('RemindersSent');
    metrics.publish();
    const [optedOut, late, all] = published();
    expect(optedOut).toMatchObject({ reason: 'opted_out', RemindersSkipped: 1 });
    expect(late).toMatchObject({ reason: 'window_passed', RemindersSkipped: 1 });
    // Both sets stand in one line: CloudWatch counts the value under each of them.
    for (const { _aws } of [optedOut, late])
      expect(_aws.CloudWatchMetrics[0].Dimensions).toEqual([['service'], ['service', 'reason']]);
    expect(all).toMatchObject({ RemindersSent: 1 });
    expect(all.RemindersSkipped).toBeUndefined();
    expect(all._aws.CloudWatchMetrics[0].Dimensions).toEqual([['service']]);
    expect(published()).toHaveLength(3);
  });
});
