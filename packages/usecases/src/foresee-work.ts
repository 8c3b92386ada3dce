import { isBefore } from '@aftercare/time/instant';
import * as z from 'zod';
import { readAlertRow } from './alerts/alert-rows.ts';
import type { ReplyReach } from './inbound/reach.ts';
import { eventRowKey, inboundRowKey } from './keys.ts';
import { inboundRow } from './person-rows.ts';
import type { QueueName } from './ports.ts';
import { considerReminder } from './send-reminder.ts';

/** What one waiting message is about (ids only), and what its consumer would do with it now. */
export type Foresight =
  | { readonly kind: 'readable'; readonly about: string; readonly wouldDo: string }
  | { readonly kind: 'unreadable' };

const bodies = {
  'reminders-due': z.object({
    sessionKey: z.string(),
    revision: z.number().int().min(1),
    day: z.number().int().min(0),
    attempt: z.number().int().min(1),
  }),
  'inbound-received': z.object({ clinicId: z.string(), phoneKey: z.string(), messageSid: z.string() }),
  'alerts-due': z.object({ clinicId: z.string(), alertId: z.string(), rung: z.number().int() }),
  'webhooks-due': z.object({
    clinicId: z.string(),
    pk: z.string(),
    eventId: z.string(),
    attempt: z.number().int().min(1),
  }),
  'inbound-fallback': z.object({
    path: z.string(),
    query: z.string(),
    signature: z.string(),
    form: z.string(),
  }),
} as const;

/** The queue whose consumer reads bodies of this shape: a letter of the scheduler's names no queue. */
export function queueOfBody(body: unknown): QueueName | undefined {
  const fits = (queue: QueueName): boolean => bodies[queue].safeParse(body).success;
  const queues: readonly QueueName[] = ['reminders-due', 'alerts-due', 'webhooks-due', 'inbound-received'];
  return queues.find(fits);
}

/**
 * Reads the rows that a message names and says what would happen if its consumer got it now. Writes nothing.
 * Says ids, states and reasons; never a name, number or text (design 7.9).
 */
export async function foresee(system: ReplyReach, queue: QueueName, body: unknown): Promise<Foresight> {
  switch (queue) {
    case 'reminders-due':
      return read(bodies[queue], body, (due) => foreseeReminder(system, due));
    case 'inbound-received':
      return read(bodies[queue], body, (received) => foreseeInbound(system, received));
    case 'alerts-due':
      return read(bodies[queue], body, (due) => foreseeRung(system, due));
    case 'webhooks-due':
      return read(bodies[queue], body, (due) => foreseeWebhook(system, due));
    case 'inbound-fallback':
      return read(bodies[queue], body, async ({ form }) => ({
        about: `text ${new URLSearchParams(form).get('MessageSid') ?? 'without a sid'}`,
        wouldDo: 'its signature would be checked; a new text is taken in, a known one changes nothing',
      }));
  }
}

type Said = { readonly about: string; readonly wouldDo: string };

async function read<T>(
  schema: z.ZodType<T>,
  body: unknown,
  say: (command: T) => Promise<Said>,
): Promise<Foresight> {
  const parsed = schema.safeParse(body);
  return parsed.success ? { kind: 'readable', ...(await say(parsed.data)) } : { kind: 'unreadable' };
}

async function foreseeReminder(
  system: ReplyReach,
  due: z.infer<(typeof bodies)['reminders-due']>,
): Promise<Said> {
  const about = `reminder day ${due.day} of session ${due.sessionKey}`;
  const decision = await considerReminder(system, due);
  switch (decision.do) {
    case 'send':
      return { about, wouldDo: 'would be sent' };
    case 'skip':
      return { about, wouldDo: `${words(decision.reason)}, would be recorded as not sent` };
    case 'wait':
      return { about, wouldDo: `${words(decision.because)}, would wait until ${decision.until}` };
    case 'nothing':
      return { about, wouldDo: `${words(decision.why)}, nothing would be done` };
  }
}

const words = (id: string): string => id.replaceAll('_', ' ');

async function foreseeInbound(
  system: ReplyReach,
  { clinicId, phoneKey, messageSid }: z.infer<(typeof bodies)['inbound-received']>,
): Promise<Said> {
  const about = `text ${messageSid}`;
  const item = await system.table.get(inboundRowKey(clinicId, phoneKey, messageSid));
  if (item === undefined) return { about, wouldDo: 'gone, nothing would be done' };
  const inbound = inboundRow.parse(item);
  if (inbound.status === 'received')
    return { about, wouldDo: `received at ${inbound.receivedAt}, would be read and answered` };
  const level = inbound.level === undefined ? 'read' : `read as ${words(inbound.level)}`;
  return {
    about,
    wouldDo:
      inbound.alertId === undefined
        ? `${level} before, nothing would be done`
        : `${level} before, alert ${inbound.alertId} would be looked at`,
  };
}

async function foreseeRung(
  system: ReplyReach,
  { clinicId, alertId }: z.infer<(typeof bodies)['alerts-due']>,
): Promise<Said> {
  const about = `alert ${alertId} of clinic ${clinicId}`;
  const alert = await readAlertRow(system, clinicId, alertId);
  if (alert === undefined) return { about, wouldDo: 'gone, nothing would be done' };
  const now = system.clock.now();
  const isDue = (at: typeof alert.nextRungAt): boolean => at !== undefined && !isBefore(now, at);
  if (alert.status === 'open')
    return isDue(alert.nextRungAt)
      ? { about, wouldDo: 'open and due, the next person would be paged' }
      : { about, wouldDo: `open, next page at ${alert.nextRungAt ?? 'once'}; an unreceived page moves on` };
  return isDue(alert.doneDueAt)
    ? { about, wouldDo: 'taken but not closed in time, would be paged again' }
    : { about, wouldDo: `${words(alert.status)}, nobody would be paged` };
}

async function foreseeWebhook(
  system: ReplyReach,
  { clinicId, pk, eventId, attempt }: z.infer<(typeof bodies)['webhooks-due']>,
): Promise<Said> {
  const about = `event ${eventId} of clinic ${clinicId}`;
  const item = await system.table.get(eventRowKey(pk, eventId));
  if (item === undefined) return { about, wouldDo: 'gone, nothing would be done' };
  return { about, wouldDo: `would be posted to the clinic as attempt ${attempt}` };
}
