import { addSeconds, type Instant } from '@aftercare/time/instant';
import { sessionPartition, statusRef } from '@aftercare/usecases/keys';
import { readWholeSession } from '@aftercare/usecases/session-rows';
import type { EmulatedServices } from './emulated-services.ts';
import {
  inboundCommand,
  inboundEvent,
  intakeEvent,
  queueEvent,
  receiptEvent,
  sessionKeyOfPatient,
  sidOf,
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

/** Takes patient `n` through the day and notes what each step asked of AWS and Twilio. */
export async function oneOfEach(
  functions: RecordedFunctions,
  services: EmulatedServices,
  n: number,
): Promise<CallsByEvent> {
  const { clock, recorder } = functions;
  const now = clock.now();
  const take = async (work: () => Promise<unknown>): Promise<readonly RecordedCall[]> => {
    recorder.take();
    refuseFailure(await work());
    return recorder.take();
  };
  const sessionKey = sessionKeyOfPatient(services, n);
  const remind = (day: number) => () =>
    functions.sendReminder(queueEvent({ sessionKey, revision: 1, day, attempt: 1 }));
  const accepted = await take(() => functions.intake(intakeEvent(services, n, now)));
  clock.moveTo(addSeconds(now, 121));
  const confirmed = await take(remind(0));
  if (clock.now() < dayOneAt) clock.moveTo(dayOneAt);
  const reminded = await take(remind(1));
  const message = (await readWholeSession(functions, sessionKey))?.messages.at(-1);
  if (message?.providerSid === undefined) throw new Error('The reminder was not sent');
  const ref = statusRef(sessionPartition(sessionKey), message.messageId);
  const receipt = (status: 'sent' | 'delivered') => () =>
    functions.deliveryStatus(
      receiptEvent(services, { ref, sid: message.providerSid ?? sidOf(n), status }, clock.now()),
    );
  return {
    'a session is accepted': accepted,
    'a confirmation is sent': confirmed,
    'a reminder is sent': reminded,
    'a receipt: sent': await take(receipt('sent')),
    'a receipt: delivered': await take(receipt('delivered')),
    'a text comes in': await take(() =>
      functions.inboundMessage(inboundEvent(services, n, question, clock.now())),
    ),
    'a text is answered': await take(() => functions.processInbound(queueEvent(inboundCommand(services, n)))),
  };
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
