import { type LoopbackServer, startLoopbackServer } from '@aftercare/local/http/loopback-server';

export type Invocation =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: string };

/** Lambda's side of the runtime API (2018-06-01), for one function: hands out events, takes answers. */
export class RuntimeApi {
  readonly server: LoopbackServer;
  private waiting: ((event: { id: string; body: string }) => void)[] = [];
  private readonly events: { id: string; body: string }[] = [];
  private readonly settled = new Map<string, (invocation: Invocation) => void>();
  private count = 0;

  static async start(): Promise<RuntimeApi> {
    const holder: { api?: RuntimeApi } = {};
    const started = await startLoopbackServer({
      port: 0,
      answer: async (request) => {
        if (holder.api === undefined) throw new Error('the server answers after it was started');
        return holder.api.answer(request.method, request.rawPath, request.body.toString());
      },
    });
    if (!started.ok) throw new Error(started.message);
    holder.api = new RuntimeApi(started.server);
    return holder.api;
  }

  private constructor(server: LoopbackServer) {
    this.server = server;
  }

  /** Resolves with what the function answers. */
  invoke(event: unknown, withinMs = 20_000): Promise<Invocation> {
    this.count += 1;
    const next = { id: `request-${this.count}`, body: JSON.stringify(event) };
    const answered = new Promise<Invocation>((resolve) => {
      const timer = setTimeout(() => resolve({ ok: false, error: 'no answer' }), withinMs);
      this.settled.set(next.id, (invocation) => {
        clearTimeout(timer);
        resolve(invocation);
      });
    });
    const waiter = this.waiting.shift();
    if (waiter === undefined) this.events.push(next);
    else waiter(next);
    return answered;
  }

  private async answer(method: string, path: string, body: string) {
    if (method === 'GET' && path.endsWith('/invocation/next')) {
      const { id, body: event } = await this.next();
      const headers = {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(Date.now() + 15_000),
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:aftercare-dev',
        'lambda-runtime-trace-id': 'Root=1-69221b2a-0a1b2c3d4e5f60718293a4b5;Sampled=0',
      };
      return { status: 200, headers, body: event };
    }
    const [, id = '', kind = ''] = /\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (kind === 'response')
      this.settle(id, { ok: true, result: body === '' ? undefined : JSON.parse(body) });
    else if (kind === 'error') this.settle(id, { ok: false, error: body });
    else
      for (const open of [...this.settled.keys()]) this.settle(open, { ok: false, error: `init: ${body}` });
    return { status: 202 };
  }

  private settle(id: string, invocation: Invocation): void {
    this.settled.get(id)?.(invocation);
    this.settled.delete(id);
  }

  private next(): Promise<{ id: string; body: string }> {
    const event = this.events.shift();
    if (event !== undefined) return Promise.resolve(event);
    return new Promise((resolve) => void this.waiting.push(resolve));
  }
}
