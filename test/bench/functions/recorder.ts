import type { Sms } from '@aftercare/usecases/ports';

/** One request as it left, in the words of its service. */
export type RecordedCall = {
  readonly service: 'dynamodb' | 'scheduler' | 'sqs' | 'secrets' | 'twilio';
  /** `GetItem`, `TransactWriteItems`, `CreateSchedule`, `SendMessage`, `CreateMessage` … */
  readonly operation: string;
  /** What the command was given: enough to issue the same request bare. */
  readonly input: unknown;
  /** Bodies, without headers. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** Moments of one counter: calls whose spans overlap were in flight together. */
  readonly began: number;
  readonly ended: number;
};

export type Recorder = {
  /** Empties the recording and hands it over, in the order in which the calls began. */
  readonly take: () => readonly RecordedCall[];
  readonly attach: (service: RecordedCall['service'], client: Recordable) => void;
  readonly wrapSms: (sms: Sms) => Sms;
};

type Sent = { readonly request: unknown; readonly input: object };
type Answered = { readonly response: unknown };
type Handler = (args: Sent) => Promise<Answered>;
/** What all clients of the SDK have. */
type Recordable = {
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { readonly commandName?: string }) => Handler,
      options: { readonly step: 'deserialize'; readonly priority: 'low'; readonly name: string },
    ): void;
  };
};

/** Listens inside the SDK, where each attempt passes with its serialised body: a retry counts as a call. */
export function createRecorder(): Recorder {
  let calls: RecordedCall[] = [];
  let moment = 0;
  const tick = (): number => {
    moment += 1;
    return moment;
  };
  return {
    take: () => {
      const taken = calls.sort((a, b) => a.began - b.began);
      calls = [];
      return taken;
    },
    attach: (service, client) =>
      client.middlewareStack.add(
        (next, context) => async (args) => {
          const began = tick();
          const answered = await next(args);
          calls.push({
            service,
            operation: (context.commandName ?? '').replace(/Command$/, ''),
            input: args.input,
            bytesOut: bytesOf(args.request),
            bytesIn: contentLength(answered.response),
            began,
            ended: tick(),
          });
          return answered;
        },
        { step: 'deserialize', priority: 'low', name: 'recordCalls' },
      ),
    wrapSms: (sms) => ({
      list: (filter) => sms.list(filter),
      send: async (text) => {
        const began = tick();
        const outcome = await sms.send(text);
        const bytesOut = new URLSearchParams({ ...text, validityPeriodSeconds: '' }).toString().length;
        const call = { operation: 'CreateMessage', input: text, bytesOut, bytesIn: 0, began, ended: tick() };
        calls.push({ service: 'twilio', ...call });
        return outcome;
      },
    }),
  };
}

function bytesOf(request: unknown): number {
  const body: unknown = Object(request).body;
  if (typeof body === 'string') return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.byteLength : 0;
}

function contentLength(response: unknown): number {
  const length: unknown = Object(Object(response).headers)['content-length'];
  return typeof length === 'string' ? Number(length) : 0;
}
