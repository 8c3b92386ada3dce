import { toWireItem } from '@aftercare/adapters/dynamodb/attribute-values';
import { observed, observedHttp } from '@aftercare/adapters/lambda/observe';
import type { AcceptedText } from '@aftercare/adapters/memory/sms';
import { createFunctionHandlers, type FunctionHandlers } from '@aftercare/local/runtime/function-handlers';
import { addMinutes, type Instant, isBefore } from '@aftercare/time/instant';
import { addClinic } from '@aftercare/usecases/clinic-admin/add-clinic';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import type { QueueName } from '@aftercare/usecases/ports';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import {
  clinicCall,
  inboundPost,
  publicBaseUrl,
  simulatedWebhookSecret,
  statusPost,
} from '../simulation/http-events.ts';
import { sampleClinic } from '../world/memory-world.ts';
import { marked, type Trace } from './leaks.ts';
import { createWalkOutside, type WalkOutside, type Weather } from './walk-outside.ts';

type Answer = { readonly status: number; readonly body: string };

export type WalkWorld = {
  readonly weather: Weather;
  call(method: string, path: string, body?: object): Promise<Answer>;
  /** Any request, such as one with a wrong signature. */
  request(event: APIGatewayProxyEventV2): Promise<Answer>;
  text(from: string, to: string, body: string): Promise<void>;
  /** Lets time go by with everything that falls due in it, sweep included. */
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

/**
 * The deployed functions with their real logger and metrics, each in the frame its main.ts gives it, over
 * memory adapters. Whatever an operator could read is handed to `note`; log lines and metrics go to stdout.
 */
export async function openWalkWorld(note: (trace: Trace) => void): Promise<WalkWorld> {
  const outside = createWalkOutside(note);
  const { system, sms, table } = outside;
  const clinic = sampleClinic({
    webhook: { url: 'https://clinic.example/hooks' },
    staff: [person('nurse', 0), person('doctor', 1), person('desk', 2)],
  });
  const added = await addClinic(system, clinic, simulatedWebhookSecret);
  if (added.kind !== 'added') throw new Error(`the clinic was not stored: ${added.kind}`);
  const handlers = createFunctionHandlers({
    ...system,
    clinics: createClinicDirectory(system),
    publicBaseUrl,
    signatureClocks: () => [system.clock.now()],
  });
  const request = requester(outside, handlers, note);
  const invoke = invoker(outside, note);
  const drain = drainer(outside, handlers, invoke, request);
  return {
    weather: outside.weather,
    accepted: sms.accepted,
    rows: table.everything,
    request,
    call(method, path, body) {
      const target = { method, path: `/v1/clinics/glow${path}`, ...(body === undefined ? {} : { body }) };
      return request(clinicCall(system.clock.now(), target));
    },
    async text(from, to, body) {
      requests += 1;
      const messageSid = `SM${String(requests).padStart(32, 'a')}`;
      sms.noteInbound({ providerSid: messageSid, from, to, body });
      await request(inboundPost({ messageSid, from, to, body }));
      await drain();
    },
    pass: passer(outside, drain, () => invoke(handlers.sweep)),
    async daily() {
      await invoke(handlers.reconcile);
      await invoke(handlers.testPages);
      await drain();
    },
  };
}

type Invoke = <Result>(run: () => Promise<Result>) => Promise<Result | undefined>;

/** One invocation, as Lambda makes it; what it throws is printed by the runtime, so it is a trace. */
function invoker({ observers }: WalkOutside, note: (trace: Trace) => void): Invoke {
  return async (run) => {
    requests += 1;
    try {
      return await observed(observers, run)(undefined, contextOf(requests));
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      note({ where: 'thrown to the runtime', text });
      return undefined;
    }
  };
}

function requester(outside: WalkOutside, handlers: FunctionHandlers, note: (trace: Trace) => void) {
  return async (event: APIGatewayProxyEventV2): Promise<Answer> => {
    const routeKey = routeOf(event.rawPath);
    const handler = handlers.http.get(routeKey);
    if (handler === undefined) throw new Error(`no handler for ${routeKey}`);
    requests += 1;
    const requestContext = { ...event.requestContext, requestId: `api-${requests}`, routeKey };
    const run = async (given: APIGatewayProxyEventV2) =>
      (await handler(given)) as APIGatewayProxyStructuredResultV2;
    const invocation = observedHttp(outside.observers, run);
    const answer = await invocation({ ...event, requestContext }, contextOf(requests));
    const { statusCode = 200, headers = {}, body = '' } = answer;
    note({ where: `answer ${statusCode}`, text: `${JSON.stringify(headers)} ${body}` });
    return { status: statusCode, body };
  };
}

/** Handles receipts, stream records and queues until nothing is left to do at this moment. */
function drainer(
  { sms, table, queues, weather }: WalkOutside,
  handlers: FunctionHandlers,
  invoke: Invoke,
  request: WalkWorld['request'],
): () => Promise<void> {
  const inserted: object[] = [];
  table.subscribe(({ eventName, newImage }) => {
    if (eventName === 'INSERT' && newImage?.row === 'event' && newImage.publishAs !== undefined)
      inserted.push({ eventName, dynamodb: { SequenceNumber: '1', NewImage: toWireItem(newImage) } });
  });
  let reported = 0;

  async function receipts(): Promise<boolean> {
    const from = reported;
    for (; reported < sms.accepted().length; reported += 1) {
      const text = sms.accepted()[reported];
      const receipt = text === undefined ? undefined : weather.receipt(text);
      if (text === undefined || receipt === undefined) continue;
      await request(statusPost({ ref: text.ref, providerSid: text.providerSid, ...receipt }));
    }
    return reported > from;
  }

  async function stream(): Promise<boolean> {
    const Records = inserted.splice(0);
    if (Records.length > 0) await invoke(() => handlers.stream({ Records } as never));
    return Records.length > 0;
  }

  async function work(queue: QueueName): Promise<boolean> {
    const deliveries = queues.receive(queue, 10);
    for (const { id, body, receiveCount } of deliveries) {
      const attributes = { ApproximateReceiveCount: String(receiveCount) };
      const Records = [{ messageId: id, body: JSON.stringify(body), attributes }];
      const result = await invoke(() => handlers.queues[queue]({ Records } as never));
      if (result?.batchItemFailures.length === 0) queues.remove(id);
    }
    return deliveries.length > 0;
  }

  return async () => {
    for (let busy = true; busy; ) {
      busy = await receipts();
      busy = (await stream()) || busy;
      for (const queue of queueNames) busy = (await work(queue)) || busy;
    }
  };
}

function passer(outside: WalkOutside, drain: () => Promise<void>, sweep: () => Promise<unknown>) {
  const { clock, queues, schedules } = outside;
  let nextSweepAt = addMinutes(clock.now(), sweepMinutes);
  const nextMoment = (): Instant =>
    [schedules.pending()[0]?.at, queues.nextVisibleAt(), nextSweepAt]
      .filter((at): at is Instant => at !== undefined)
      .reduce((soonest, at) => (isBefore(at, soonest) ? at : soonest));
  return async (minutes: number): Promise<void> => {
    const until = addMinutes(clock.now(), minutes);
    await drain();
    for (let next = nextMoment(); !isBefore(until, next); next = nextMoment()) {
      if (isBefore(clock.now(), next)) clock.moveTo(next);
      for (const due of schedules.takeDue(clock.now())) await fire(outside, due);
      if (!isBefore(clock.now(), nextSweepAt)) {
        nextSweepAt = addMinutes(nextSweepAt, sweepMinutes);
        await sweep();
      }
      await drain();
    }
    if (isBefore(clock.now(), until)) clock.moveTo(until);
  };
}

/** The scheduler tries again by itself; here once more is enough. */
async function fire(
  { queues }: WalkOutside,
  due: ReturnType<WalkOutside['schedules']['takeDue']>[number],
): Promise<void> {
  try {
    await queues.enqueue(due.queue, due.body);
  } catch {
    await queues.enqueue(due.queue, due.body);
  }
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
