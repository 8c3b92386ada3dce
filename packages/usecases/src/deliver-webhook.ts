import { clinicEvent } from '@aftercare/contract/clinic-event';
import { addSeconds, type Instant } from '@aftercare/time/instant';
import type { WebhookStateRow } from './clinic-rows.ts';
import type { ClinicDirectory } from './clinics.ts';
import { eventRowKey } from './keys.ts';
import type { Item, System, WebhookOutcome } from './ports.ts';
import { type EventRow, eventRow } from './rows.ts';
import { noteDead, noteFailing, noteGone, noteWorking, readWebhookState } from './webhook-state.ts';

/** One attempt to tell a clinic's software of one event (Standard Webhooks, design 5.6). */
export type WebhookCommand = {
  readonly clinicId: string;
  readonly pk: string;
  readonly eventId: string;
  /** Starts at 1. */
  readonly attempt: number;
};

export type WebhookReach = Pick<
  System,
  'table' | 'queues' | 'schedules' | 'clinicWebhook' | 'clock' | 'random' | 'log' | 'metrics'
> & { readonly clinics: ClinicDirectory };

export type WebhookResult = 'delivered' | 'no_endpoint' | 'gone' | 'disabled' | 'retry_planned' | 'given_up';

/** When attempts are made, in seconds after the first: the example schedule of the Standard Webhooks spec. */
export const attemptAtSeconds = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** SQS can hold a message back for at most this long; beyond it a one-time schedule waits. */
const queueDelayLimitSeconds = 900;
const longestRetryAfterSeconds = 3600;

export async function deliverWebhook(system: WebhookReach, command: WebhookCommand): Promise<WebhookResult> {
  const clinic = await system.clinics.load(command.clinicId);
  if (clinic?.config.webhook === undefined) return 'no_endpoint';
  const [item, state] = await Promise.all([
    system.table.get(eventRowKey(command.pk, command.eventId)),
    readWebhookState(system, command.clinicId),
  ]);
  if (item === undefined) return 'gone';
  if (state.disabledAt !== undefined) return 'disabled';
  const event = eventRow.parse(item);
  const sentAt = system.clock.now();
  const outcome = await system.clinicWebhook.post({
    url: clinic.config.webhook.url,
    webhookId: webhookIdOf(event),
    sentAt,
    body: bodyOf(event),
    secrets: clinic.webhookSecrets,
  });
  const { clinicId, eventId, attempt } = command;
  system.log.info('webhook_attempt', { clinicId, eventId, attempt, outcome: labelOf(outcome) });
  system.metrics.count('webhook_attempts', 1, { outcome: labelOf(outcome) });
  return conclude(system, command, state, outcome, sentAt);
}

/** The same for every attempt: the receiver's key against repetition. */
export const webhookIdOf = (event: Pick<EventRow, 'eventId'>): string => `evt_${event.eventId}`;

/** Thin: ids only. The clinic reads the rest over the API, where it is asked who it is. */
function bodyOf(event: EventRow): string {
  return JSON.stringify(
    clinicEvent.parse({
      type: event.publishAs,
      timestamp: event.at,
      data: {
        clinicId: event.clinicId,
        ...(event.sessionId === undefined ? {} : { sessionId: event.sessionId }),
        ...(event.day === undefined ? {} : { day: event.day }),
        ...(event.alertId === undefined ? {} : { alertId: event.alertId }),
        sequence: event.sequence,
      },
    }),
  );
}

async function conclude(
  system: WebhookReach,
  command: WebhookCommand,
  state: WebhookStateRow,
  outcome: WebhookOutcome,
  sentAt: Instant,
): Promise<WebhookResult> {
  if (outcome.kind === 'answered' && outcome.httpStatus >= 200 && outcome.httpStatus < 300) {
    await noteWorking(system, state);
    return 'delivered';
  }
  const { clinicId } = command;
  if (outcome.kind === 'answered' && outcome.httpStatus === 410) {
    if (await noteGone(system, clinicId, sentAt)) alarm(system, clinicId, 'webhook_disabled');
    return 'disabled';
  }
  const since = await noteFailing(system, state, sentAt);
  if (command.attempt < attemptAtSeconds.length) {
    await planRetry(system, command, outcome, sentAt);
    return 'retry_planned';
  }
  if (await noteDead(system, clinicId, since, sentAt)) alarm(system, clinicId, 'webhook_dead');
  system.metrics.count('webhooks_given_up');
  return 'given_up';
}

/** The clinic cannot hear of it by webhook, so the operator's alarm sounds. */
function alarm(system: WebhookReach, clinicId: string, what: 'webhook_disabled' | 'webhook_dead'): void {
  system.metrics.count('webhook_endpoints_dead');
  system.log.warn(what, { clinicId });
}

async function planRetry(
  system: WebhookReach,
  command: WebhookCommand,
  outcome: WebhookOutcome,
  sentAt: Instant,
): Promise<void> {
  const next = command.attempt + 1;
  const gap = (attemptAtSeconds[next - 1] ?? 0) - (attemptAtSeconds[command.attempt - 1] ?? 0);
  const asked = outcome.kind === 'answered' ? (outcome.retryAfterSeconds ?? 0) : 0;
  const jitter = 1 + system.random.fraction() * 0.1;
  const delaySeconds = Math.ceil(Math.max(gap * jitter, Math.min(asked, longestRetryAfterSeconds)));
  const body: Item = { clinicId: command.clinicId, pk: command.pk, eventId: command.eventId, attempt: next };
  if (delaySeconds <= queueDelayLimitSeconds) {
    await system.queues.enqueue('webhooks-due', body, delaySeconds);
    return;
  }
  await system.schedules.create({
    name: `${command.eventId}.w${next}`,
    at: addSeconds(sentAt, delaySeconds),
    queue: 'webhooks-due',
    body,
    maximumEventAgeSeconds: 86_400,
  });
}

function labelOf(outcome: WebhookOutcome): string {
  if (outcome.kind !== 'answered') return outcome.kind;
  return `${Math.floor(outcome.httpStatus / 100)}xx`;
}
