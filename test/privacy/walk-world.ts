import { toWireItem } from '@aftercare/adapters/dynamodb/attribute-values';
import { observed, observedHttp } from '@aftercare/adapters/lambda/observe';
import { createLog } from '@aftercare/adapters/logging/log';
import { createMemoryClinicWebhook } from '@aftercare/adapters/memory/clinic-webhook';
import { createMemoryClock } from '@aftercare/adapters/memory/clock';
import type { Effect } from '@aftercare/adapters/memory/effect';
import { createMemoryQueues } from '@aftercare/adapters/memory/queues';
import { createMemoryRandom } from '@aftercare/adapters/memory/random';
import { createMemorySchedules } from '@aftercare/adapters/memory/schedules';
import { createMemorySecrets } from '@aftercare/adapters/memory/secrets';
import { type AcceptedText, createMemorySms, type MemoryText } from '@aftercare/adapters/memory/sms';
import { createMemoryTable } from '@aftercare/adapters/memory/table';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import { createFunctionHandlers } from '@aftercare/local/runtime/function-handlers';
import { addMinutes, type Instant, isBefore } from '@aftercare/time/instant';
import { addClinic } from '@aftercare/usecases/clinic-admin/add-clinic';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import type { QueueName, SendOutcome, System, WebhookOutcome } from '@aftercare/usecases/ports';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import {
  clinicCall,
  inboundPost,
  publicBaseUrl,
  simulatedWebhookSecret,
  statusPost,
} from '../simulation/http-events.ts';
import { testSecrets } from '../simulation/outside.ts';
import { sampleClinic } from '../world/memory-world.ts';
import { marked, type Trace } from './leaks.ts';

/** What the outside world does wrong; each member may be changed while a journey runs. */
export type Weather = {
  /** Before a call of a port (`table.transact`, `queues.enqueue` …): throw to make it fail. */
  before: (call: string, argument: unknown) => void;
  refuse: (text: MemoryText) => Exclude<SendOutcome, { kind: 'accepted' }> | undefined;
  receipt: (text: AcceptedText) => { status: string; errorCode?: number } | undefined;
  endpoint: () => WebhookOutcome;
};

export type WalkWorld = {
  readonly weather: Weather;
  readonly now: () => Instant;
  call(method: string, path: string, body?: object): Promise<{ status: number; body: string }>;
  /** Any request, such as one with a wrong signature. */
  request(event: APIGatewayProxyEventV2): Promise<{ status: number; body: string }>;
  text(from: string, to: string, body: string): Promise<void>;
  /** Lets time go by with everything that falls due in it, sweep and daily work included. */
  pass(minutes: number): Promise<void>;
  daily(): Promise<void>;
  accepted(): readonly AcceptedText[];
  rows(): readonly { readonly [name: string]: unknown }[];
};

export const patientLine = '+13055550100';
export const alertLine = '+13055550101';
const sweepMinutes = 5;
const queueNames: readonly QueueName[] = [
  'inbound-received',
  'inbound-fallback',
  'alerts-due',
  'reminders-due',
  'webhooks-due',
];

/** Counts up over all worlds of a test, so that ids never repeat. */
let requests = 0;

const person = (staffId: string, index: number) => ({
  staffId,
  name: `${marked.staff} ${index}`,
  role: 'clinical',
  phone: marked.staffPhones[index],
  confirmedAt: '2026-01-01T00:00:00Z',
});

const clinicOfWalk = () =>
  sampleClinic({
    patientNumber: patientLine,
    alertNumber: alertLine,
    webhook: { url: 'https://clinic.example/hooks' },
    staff: [person('nurse', 0), person('doctor', 1), person('desk', 2)],
  });

/**
 * The deployed functions with their real logger and metrics, each in the frame its main.ts gives it, over
 * memory adapters. Whatever an operator could read is handed to `note`; log lines and metrics go to stdout.
 */
export async function openWalkWorld(note: (trace: Trace) => void): Promise<WalkWorld> {
  const weather: Weather = {
    before: () => {},
    refuse: () => undefined,
    receipt: () => ({ status: 'delivered' }),
    endpoint: () => ({ kind: 'answered', httpStatus: 200 }),
  };
  const clock = createMemoryClock('2026-11-21T17:30:00.000Z');
  const effect: Effect = async (name, run) => {
    weather.before(name, undefined);
    return run();
  };
  const table = createMemoryTable({ effect });
  const sms = createMemorySms({ clock, refuse: (text) => weather.refuse(text), effect });
  const queues = createMemoryQueues({ clock, effect });
  const schedules = createMemorySchedules(effect);
  const clinicWebhook = createMemoryClinicWebhook(effect);
  clinicWebhook.answerWith(() => weather.endpoint());
  const log = createLog('walk');
  const metrics = createMetrics('dev');
  const system: System = {
    table,
    clock,
    random: createMemoryRandom(7),
    log,
    metrics,
    settings: { carrier: 'emulator' },
    secrets: createMemorySecrets(testSecrets),
    sms: {
      list: sms.list,
      send(text) {
        note({ where: 'status-callback reference', text: text.ref });
        weather.before('carrier', text);
        return sms.send(text);
      },
    },
    queues: {
      enqueue(queue, body, delaySeconds) {
        // The fallback's queue holds the carrier's form itself (encrypted): it may not read the table.
        const text = queue === 'inbound-fallback' ? queue : JSON.stringify(body);
        note({ where: `queue ${queue}`, text });
        return queues.enqueue(queue, body, delaySeconds);
      },
    },
    schedules: {
      create(schedule) {
        note({ where: 'schedule', text: `${schedule.name} ${JSON.stringify(schedule.body)}` });
        return schedules.create(schedule);
      },
      remove: schedules.remove,
    },
    clinicWebhook: {
      post(request) {
        note({ where: 'event for a clinic', text: `${request.url} ${request.webhookId} ${request.body}` });
        weather.before('endpoint', request);
        return clinicWebhook.post(request);
      },
    },
  };
  const added = await addClinic(system, clinicOfWalk(), simulatedWebhookSecret);
  if (added.kind !== 'added') throw new Error(`the clinic was not stored: ${added.kind}`);
  const inserted: object[] = [];
  table.subscribe(({ eventName, newImage }) => {
    if (eventName === 'INSERT' && newImage?.row === 'event' && newImage.publishAs !== undefined)
      inserted.push({ eventName, dynamodb: { SequenceNumber: '1', NewImage: toWireItem(newImage) } });
  });
  const handlers = createFunctionHandlers({
    ...system,
    clinics: createClinicDirectory(system),
    publicBaseUrl,
    signatureClocks: () => [clock.now()],
  });
  const observers = { log, metrics };

  /** One invocation, as Lambda makes it; what it throws is printed by the runtime, so it is a trace. */
  async function invoke<Answer>(run: () => Promise<Answer>): Promise<Answer | undefined> {
    requests += 1;
    try {
      return await observed(observers, run)(undefined, contextOf(requests));
    } catch (error) {
      note({
        where: 'thrown to the runtime',
        text: error instanceof Error ? (error.stack ?? '') : String(error),
      });
      return undefined;
    }
  }

  async function request(event: APIGatewayProxyEventV2): Promise<{ status: number; body: string }> {
    const handler = handlers.http.get(routeOf(event.rawPath));
    if (handler === undefined) throw new Error('no such route');
    requests += 1;
    const requestContext = {
      ...event.requestContext,
      requestId: `api-${requests}`,
      routeKey: routeOf(event.rawPath),
    };
    const run = async (given: APIGatewayProxyEventV2) =>
      (await handler(given)) as APIGatewayProxyStructuredResultV2;
    const answer = await observedHttp(observers, run)({ ...event, requestContext }, contextOf(requests));
    const { statusCode = 200, headers = {}, body = '' } = answer;
    note({ where: `answer ${statusCode}`, text: `${JSON.stringify(headers)} ${body}` });
    return { status: statusCode, body };
  }

  let reported = 0;
  async function deliverReceipts(): Promise<boolean> {
    const from = reported;
    for (; reported < sms.accepted().length; reported += 1) {
      const text = sms.accepted()[reported];
      const receipt = text === undefined ? undefined : weather.receipt(text);
      if (text === undefined || receipt === undefined) continue;
      await request(statusPost({ ref: text.ref, providerSid: text.providerSid, ...receipt }));
    }
    return reported > from;
  }

  async function drain(): Promise<void> {
    for (let busy = true; busy; ) {
      busy = await deliverReceipts();
      if (inserted.length > 0) {
        const Records = inserted.splice(0);
        await invoke(() => handlers.stream({ Records } as never));
        busy = true;
      }
      for (const queue of queueNames) {
        for (const delivery of queues.receive(queue, 10)) {
          busy = true;
          const record = {
            messageId: delivery.id,
            body: JSON.stringify(delivery.body),
            attributes: { ApproximateReceiveCount: String(delivery.receiveCount) },
          };
          const result = await invoke(() => handlers.queues[queue]({ Records: [record] } as never));
          if (result?.batchItemFailures.length === 0) queues.remove(delivery.id);
        }
      }
    }
  }

  let nextSweepAt = addMinutes(clock.now(), sweepMinutes);
  const nextMoment = (): Instant =>
    [schedules.pending()[0]?.at, queues.nextVisibleAt(), nextSweepAt]
      .filter((at): at is Instant => at !== undefined)
      .reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest));

  return {
    weather,
    now: clock.now,
    accepted: sms.accepted,
    rows: table.everything,
    request,
    async call(method, path, body) {
      return request(
        clinicCall(clock.now(), {
          method,
          path: `/v1/clinics/glow${path}`,
          ...(body === undefined ? {} : { body }),
        }),
      );
    },
    async text(from, to, body) {
      requests += 1;
      const messageSid = `SM${String(requests).padStart(32, 'a')}`;
      sms.noteInbound({ providerSid: messageSid, from, to, body });
      await request(inboundPost({ messageSid, from, to, body }));
      await drain();
    },
    async pass(minutes) {
      const until = addMinutes(clock.now(), minutes);
      await drain();
      for (let next = nextMoment(); !isBefore(until, next); next = nextMoment()) {
        if (isBefore(clock.now(), next)) clock.moveTo(next);
        for (const due of schedules.takeDue(clock.now())) await queues.enqueue(due.queue, due.body);
        if (!isBefore(clock.now(), nextSweepAt)) {
          nextSweepAt = addMinutes(nextSweepAt, sweepMinutes);
          await invoke(handlers.sweep);
        }
        await drain();
      }
      if (isBefore(clock.now(), until)) clock.moveTo(until);
    },
    async daily() {
      await invoke(handlers.reconcile);
      await invoke(handlers.testPages);
      await drain();
    },
  };
}

function routeOf(path: string): string {
  if (/^\/v1\/clinics\/[^/]+\/sessions$/.test(path)) return 'ANY /v1/clinics/{clinicId}/sessions';
  if (/^\/v1\/clinics\/[^/]+\/sessions\/[^/]+$/.test(path))
    return 'ANY /v1/clinics/{clinicId}/sessions/{sessionId}';
  if (path.startsWith('/v1/clinics/')) return 'ANY /v1/clinics/{clinicId}/{proxy+}';
  return path.startsWith('/twilio/') ? `ANY ${path}` : '$default';
}

const contextOf = (count: number): Context =>
  ({
    awsRequestId: `request-${count}`,
    functionName: 'aftercare-dev-walk',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:aftercare-dev-walk',
    memoryLimitInMB: '512',
  }) as unknown as Context;
