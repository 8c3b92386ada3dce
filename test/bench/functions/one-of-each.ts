import { addSeconds, type Instant } from '@aftercare/time/instant';
import { sessionPartition, statusRef } from '@aftercare/usecases/keys';
import { readWholeSession } from '@aftercare/usecases/session-rows';
import * as z from 'zod';
import type { EmulatedServices } from './emulated-services.ts';
import {
  inboundCommand,
  inboundEvent,
  intakeEvent,
  queueEvent,
  receiptEvent,
  sessionKeyOfPatient,
} from './events.ts';
import type { RecordedFunctions } from './recorded-functions.ts';
import type { RecordedCall } from './recorder.ts';

/** What happens to one patient's texts on an ordinary day, in order. */
export const eventNames = [
  'a session is accepted',
  'a confirmation is sent',
  'a reminder is sent',
  'a receipt: sent',
  'a receipt: delivered',
  'a text comes in',
  'a text is answered',
] as const;
export type EventName = (typeof eventNames)[number];
export type CallsByEvent = Readonly<Record<EventName, readonly RecordedCall[]>>;

/** Day 1 at 10:00 in New York, and two minutes after acceptance: when the two texts are due. */
const dayOneAt: Instant = '2026-11-22T15:00:00.000Z';
const question = 'can i wear makeup to work tomorrow?';

/**
 * Takes two patients through the day, each step first for one and then for the other, and notes what each
 * step asked of AWS and Twilio for the second: by then the clinic's configuration is cached, as it nearly
 * always is.
 */
export async function oneOfEach(
  functions: RecordedFunctions,
  services: EmulatedServices,
): Promise<CallsByEvent> {
  const { clock, recorder } = functions;
  const startedAt = clock.now();
  const scheduled = new Map<string, string>();
  const take = async (work: (n: number) => Promise<unknown>): Promise<readonly RecordedCall[]> => {
    refuseFailure(await work(1));
    for (const command of commandsIn(recorder.take())) scheduled.set(`1 ${dayOf(command)}`, command);
    refuseFailure(await work(2));
    const calls = recorder.take();
    for (const command of commandsIn(calls)) scheduled.set(`2 ${dayOf(command)}`, command);
    return calls;
  };
  const remind = (day: number) => (n: number) =>
    functions.sendReminder(queueEvent(scheduled.get(`${n} ${day}`) ?? 'never scheduled'));
  const refs = new Map<number, Awaited<ReturnType<typeof lastText>>>();
  const receipt = (status: 'sent' | 'delivered') => (n: number) => {
    const text = refs.get(n);
    if (text === undefined) throw new Error('A receipt follows a text');
    return functions.deliveryStatus(receiptEvent(services, { ...text, status }, clock.now()));
  };

  const accepted = await take((n) => functions.intake(intakeEvent(services, n, clock.now())));
  clock.moveTo(addSeconds(startedAt, 121));
  const confirmed = await take(remind(0));
  clock.moveTo(dayOneAt);
  const reminded = await take(remind(1));
  for (const n of [1, 2]) refs.set(n, await lastText(functions, services, n));
  return {
    'a session is accepted': accepted,
    'a confirmation is sent': confirmed,
    'a reminder is sent': reminded,
    'a receipt: sent': await take(receipt('sent')),
    'a receipt: delivered': await take(receipt('delivered')),
    'a text comes in': await take((n) =>
      functions.inboundMessage(inboundEvent(services, n, question, clock.now())),
    ),
    'a text is answered': await take((n) =>
      functions.processInbound(queueEvent(JSON.stringify(inboundCommand(services, n)))),
    ),
  };
}

/** What Scheduler and the queue would hand to the sender later: the inputs and bodies they were given. */
export function commandsIn(calls: readonly RecordedCall[]): readonly string[] {
  return calls.flatMap(({ input }) => {
    const { Target, MessageBody } = Object(input);
    const text: unknown = Target?.Input ?? MessageBody;
    return typeof text === 'string' && text.includes('sessionKey') ? [text] : [];
  });
}

export function dayOf(command: string): number {
  return z.object({ day: z.number() }).parse(JSON.parse(command)).day;
}

/** The last text of patient `n`'s session, as a receipt names it. */
export async function lastText(functions: RecordedFunctions, services: EmulatedServices, n: number) {
  const sessionKey = sessionKeyOfPatient(services, n);
  const message = (await readWholeSession(functions, sessionKey))?.messages.at(-1);
  functions.recorder.take();
  if (message?.providerSid === undefined) throw new Error('The text was not sent');
  return { ref: statusRef(sessionPartition(sessionKey), message.messageId), sid: message.providerSid };
}

/** A failed batch record or an HTTP refusal would be counted as cheap. */
function refuseFailure(result: unknown): void {
  const { batchItemFailures = [], statusCode = 200, body } = Object(result);
  if (batchItemFailures.length > 0) throw new Error('A queue event failed');
  if (statusCode >= 300) throw new Error(`A request was answered ${statusCode}: ${body}`);
}

/** `3 dynamodb + 4 scheduler`, as the tables show it. */
export function countOf(calls: readonly RecordedCall[], service: RecordedCall['service']): number {
  return calls.filter((call) => call.service === service).length;
}
