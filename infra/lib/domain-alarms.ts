import type { Alarms } from './alarms.ts';
import { domainMetric } from './alarms.ts';
import type { DeploymentSettings } from './settings.ts';

/** What no error count shows: the system runs and yet fails somebody. */
export function addDomainAlarms(alarms: Alarms, settings: DeploymentSettings): void {
  const sum = (name: string, minutes?: number) =>
    domainMetric(settings, name, minutes === undefined ? {} : { minutes });
  const worst = (name: string) => domainMetric(settings, name, { statistic: 'Maximum' });

  alarms.add('heartbeat', {
    metric: sum('sweep_runs', 15),
    threshold: 1,
    silenceAlarms: true,
    failureImpact: 'The sweep has not run for 15 minutes: stuck texts and unanswered emergencies stay stuck.',
    runbookSection: 'heartbeat',
  });
  alarms.add('reconcile-missing', {
    metric: sum('reconcile_runs', 1440),
    threshold: 1,
    silenceAlarms: true,
    failureImpact:
      'A patient text that no webhook brought would not be found: the daily comparison with Twilio is missing.',
    runbookSection: 'reconcile-missing',
  });
  alarms.add('alert-unacknowledged', {
    metric: sum('alerts_past_last_rung'),
    threshold: 1,
    failureImpact:
      'A patient wrote something severe and nobody of the clinic has taken the case. Call the clinic.',
    runbookSection: 'alert-unacknowledged',
  });
  alarms.add('nobody-to-page', {
    metric: sum('alerts_nobody_to_page'),
    threshold: 1,
    failureImpact: 'A severe text found no reachable person on the clinic’s ladder. Call the clinic now.',
    runbookSection: 'nobody-to-page',
  });
  alarms.add('staff-unreachable', {
    metric: sum('staff_unreachable'),
    threshold: 1,
    failureImpact: 'A staff number no longer receives pages; the clinic’s next alert skips this person.',
    runbookSection: 'staff-unreachable',
  });
  alarms.add('reply-not-delivered', {
    metric: sum('replies_not_delivered'),
    threshold: 1,
    failureImpact:
      'An answer to a patient may never have arrived; staff has a task and the patient may be waiting.',
    runbookSection: 'reply-not-delivered',
  });
  alarms.add('text-doubled', {
    metric: sum('texts_doubled', 60),
    threshold: 1,
    failureImpact: 'A patient got the same text twice. Stop sending until the cause is known.',
    runbookSection: 'text-doubled',
  });
  alarms.add('outcome-unknown', {
    metric: worst('unknown_age_seconds'),
    threshold: 3600,
    failureImpact: 'For an hour nobody knows whether a text went out; a patient may miss one.',
    runbookSection: 'outcome-unknown',
  });
  alarms.add('reminders-overdue', {
    metric: sum('reminders_overdue', 15),
    threshold: 1,
    periods: 2,
    failureImpact: 'Patients do not get today’s aftercare text on time.',
    runbookSection: 'reminders-overdue',
  });
  alarms.add('sweep-rows-failing', {
    metric: sum('sweep_failed', 15),
    threshold: 1,
    periods: 2,
    failureImpact: 'Rows that need repair cannot be repaired: a patient’s text or page may hang.',
    runbookSection: 'sweep-rows-failing',
  });
  alarms.add('inbound-by-fallback', {
    metric: sum('inbound_fallback_used'),
    threshold: 1,
    failureImpact: 'Patient texts arrive only over the fallback: the main entrance for symptoms is failing.',
    runbookSection: 'inbound-by-fallback',
  });
  alarms.add('inbound-recovered', {
    metric: sum('inbound_recovered', 60),
    threshold: 1,
    failureImpact: 'A patient’s text was found a day late on Twilio’s list; it was never answered in time.',
    runbookSection: 'inbound-recovered',
  });
  alarms.add('inbound-unroutable', {
    metric: sum('inbound_not_ours'),
    threshold: 1,
    failureImpact: 'Somebody texted a number that belongs to no clinic here and hears nothing.',
    runbookSection: 'inbound-unroutable',
  });
  alarms.add('webhook-endpoint-dead', {
    metric: sum('webhook_endpoints_dead', 60),
    threshold: 1,
    failureImpact: 'A clinic’s software no longer hears of its sessions and alerts.',
    runbookSection: 'webhook-endpoint-dead',
  });
}
