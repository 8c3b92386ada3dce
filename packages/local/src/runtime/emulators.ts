import type { Log, SystemSecrets } from '@aftercare/usecases/ports';
import type { MovableClock } from '../clock/movable-clock.ts';
import type { DueWork } from '../clock/timekeeper.ts';
import { type LocalAnswer, type LocalRequest, startLoopbackServer } from '../http/loopback-server.ts';
import { deliverToQueues } from '../scheduler-emulator/queue-target.ts';
import { createScheduleFiring } from '../scheduler-emulator/schedule-firing.ts';
import { createScheduleRows } from '../scheduler-emulator/schedule-rows.ts';
import { answerScheduler } from '../scheduler-emulator/scheduler-emulator.ts';
import { createQueueEngine, type QueueEngine } from '../sqs-emulator/queue-engine.ts';
import { answerSqs } from '../sqs-emulator/sqs-emulator.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';
import type { AccountNumber } from '../twilio-emulator/account.ts';
import { createTwilioEmulator, type TwilioEmulator } from '../twilio-emulator/twilio-emulator.ts';
import { type Closers, required } from './start-failure.ts';

export type Emulators = {
  readonly queues: QueueEngine;
  readonly scheduleWork: DueWork;
  readonly carrier: TwilioEmulator;
  readonly endpoints: { readonly scheduler: string; readonly sqs: string; readonly twilio: string };
};

/**
 * The three emulated services, each on a free port of its own, all on one store and one clock.
 *
 * @param numbers what is configured at Twilio at the moment of asking
 * @param onRequest hears that a request was served: something may have become due
 */
export async function startEmulators(options: {
  readonly store: EmulatorStore;
  readonly clock: MovableClock;
  readonly secrets: SystemSecrets;
  readonly numbers: () => ReadonlyMap<string, AccountNumber>;
  readonly log: Log;
  readonly onRequest: () => void;
  readonly closers: Closers;
}): Promise<Emulators> {
  const { store, log } = options;
  const { nowMs } = options.clock;
  const queues = createQueueEngine(store, nowMs);
  const rows = createScheduleRows(store);
  const carrier = createTwilioEmulator({
    store,
    nowMs,
    account: {
      accountSid: options.secrets.twilioAccountSid,
      authTokens: options.secrets.twilioAuthTokens,
      numbers: options.numbers,
      advancedOptOut: false,
    },
    onFailedCall: (sid, outcome) => log.error('twilio_webhook_failed', { sid, outcome }),
  });
  const serve = async (answer: (request: LocalRequest) => Promise<LocalAnswer>): Promise<string> => {
    const started = await startLoopbackServer({
      port: 0,
      answer: async (request) => {
        const answered = await answer(request);
        options.onRequest();
        return answered;
      },
      onBug: (error) =>
        log.error('emulator_bug', { message: error instanceof Error ? error.message : 'unknown' }),
    });
    const { server } = required(started);
    options.closers.add(server.close);
    return server.url;
  };
  const place: { sqs: string } = { sqs: '' };
  place.sqs = await serve(answerSqs(queues, () => place.sqs));
  return {
    queues,
    carrier,
    scheduleWork: createScheduleFiring({ store, rows, nowMs, deliver: deliverToQueues(queues) }),
    endpoints: {
      sqs: place.sqs,
      scheduler: await serve(answerScheduler(rows, nowMs)),
      twilio: await serve(carrier.answer),
    },
  };
}
