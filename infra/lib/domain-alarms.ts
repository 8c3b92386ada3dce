import { type Alarms, domainMetric } from './alarms.ts';
import type { DeploymentSettings } from './settings.ts';

type DomainAlarm = {
  /** Also the heading in docs/runbook.md. */
  readonly name: string;
  readonly metric: string;
  /** Sum of so many minutes; `worst` looks at the largest value of five. */
  readonly over: number | 'worst';
  readonly threshold: number;
  readonly periods?: number;
  readonly silenceAlarms?: true;
  readonly impact: string;
};

/** What no error count shows: the system runs and yet fails somebody. */
const domainAlarms: readonly DomainAlarm[] = [
  {
    name: 'heartbeat',
    metric: 'sweep_runs',
    over: 15,
    threshold: 1,
    silenceAlarms: true,
    impact: 'The sweep has not run for 15 minutes: stuck texts and unanswered emergencies stay stuck.',
  },
  {
    name: 'reconcile-missing',
    metric: 'reconcile_runs',
    over: 1440,
    threshold: 1,
    silenceAlarms: true,
    impact:
      'A patient text that no webhook brought would not be found: the daily comparison with ' +
      'Twilio is missing.',
  },
  {
    name: 'alert-unacknowledged',
    metric: 'alerts_past_last_rung',
    over: 5,
    threshold: 1,
    impact:
      'A patient wrote something severe and nobody of the clinic has taken the case. Call the ' + 'clinic.',
  },
  {
    name: 'nobody-to-page',
    metric: 'alerts_nobody_to_page',
    over: 5,
    threshold: 1,
    impact: 'A severe text found no reachable person on the clinic’s ladder. Call the clinic now.',
  },
  {
    name: 'staff-unreachable',
    metric: 'staff_unreachable',
    over: 5,
    threshold: 1,
    impact: 'A staff number no longer receives pages; the clinic’s next alert skips this person.',
  },
  {
    name: 'reply-not-delivered',
    metric: 'replies_not_delivered',
    over: 5,
    threshold: 1,
    impact:
      'An answer to a patient may never have arrived; staff has a task and the patient may be ' + 'waiting.',
  },
  {
    name: 'text-doubled',
    metric: 'texts_doubled',
    over: 60,
    threshold: 1,
    impact: 'A patient got the same text twice. Stop sending until the cause is known.',
  },
  {
    name: 'outcome-unknown',
    metric: 'unknown_age_seconds',
    over: 'worst',
    threshold: 3600,
    impact: 'For an hour nobody knows whether a text went out; a patient may miss one.',
  },
  {
    name: 'reminders-overdue',
    metric: 'reminders_overdue',
    over: 15,
    threshold: 1,
    periods: 2,
    impact: 'Patients do not get today’s aftercare text on time.',
  },
  {
    name: 'sweep-rows-failing',
    metric: 'sweep_failed',
    over: 15,
    threshold: 1,
    periods: 2,
    impact: 'Rows that need repair cannot be repaired: a patient’s text or page may hang.',
  },
  {
    name: 'inbound-by-fallback',
    metric: 'inbound_fallback_used',
    over: 5,
    threshold: 1,
    impact: 'Patient texts arrive only over the fallback: the main entrance for symptoms is failing.',
  },
  {
    name: 'inbound-recovered',
    metric: 'inbound_recovered',
    over: 60,
    threshold: 1,
    impact: 'A patient’s text was found a day late on Twilio’s list; it was never answered in time.',
  },
  {
    name: 'inbound-unroutable',
    metric: 'inbound_not_ours',
    over: 5,
    threshold: 1,
    impact: 'Somebody texted a number that belongs to no clinic here and hears nothing.',
  },
  {
    name: 'webhook-endpoint-dead',
    metric: 'webhook_endpoints_dead',
    over: 60,
    threshold: 1,
    impact: 'A clinic’s software no longer hears of its sessions and alerts.',
  },
];

export function addDomainAlarms(alarms: Alarms, settings: DeploymentSettings): void {
  for (const { name, metric, over, impact, ...rest } of domainAlarms) {
    const measured = over === 'worst' ? { statistic: 'Maximum' } : { minutes: over };
    alarms.add(name, {
      ...rest,
      metric: domainMetric(settings, metric, measured),
      failureImpact: impact,
      runbookSection: name,
    });
  }
}
