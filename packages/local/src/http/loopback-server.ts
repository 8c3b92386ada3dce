import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type LocalRequest = {
  readonly method: string;
  /** Percent-encoded, as it stood on the request line. */
  readonly rawPath: string;
  /** Without the question mark; empty when there was none. */
  readonly rawQuery: string;
  /** Lower-case names; repeated headers joined with a comma, as API Gateway does. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export type LocalAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Uint8Array;
    }
  /**
   * The connection is reset or kept silent instead of answered: how a network failure looks to the caller.
   */
  | { readonly status: 'reset' }
  | { readonly status: 'silent' }
  /** The answer is written over time by the callback (server-sent events). */
  | {
      readonly status: 'stream';
      readonly headers: Readonly<Record<string, string>>;
      readonly open: (write: (chunk: string) => void, onClose: (close: () => void) => void) => void;
    };

export type LoopbackServer = {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
};

export type StartedServer =
  | { readonly ok: true; readonly server: LoopbackServer }
  | { readonly ok: false; readonly message: string };

/** Answers in hand may finish for this long when the server closes. */
const closeWithinMs = 500;
/** API Gateway's limit; what the functions accept is far below it. */
const bodyLimitBytes = 10 * 1024 * 1024;

/**
 * An HTTP server on 127.0.0.1.
 *
 * @param port 0 for a free one
 * @param answer must not throw for anything a caller can send; a throw is answered 500 and handed to `onBug`
 */
export function startLoopbackServer(options: {
  readonly port: number;
  readonly answer: (request: LocalRequest) => Promise<LocalAnswer>;
  readonly onBug?: (error: unknown) => void;
}): Promise<StartedServer> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, options.answer).catch((error: unknown) => {
      options.onBug?.(error);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500, { 'content-type': 'text/plain' }).end('internal error');
    });
  });
  // Longer than any client keeps an idle connection, so that no request meets a closing socket.
  server.keepAliveTimeout = 120_000;
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ ok: false, message: listenFailure(options.port, error) });
    });
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
      const close = (): Promise<void> =>
        new Promise((done) => {
          const impatience = setTimeout(() => server.closeAllConnections(), closeWithinMs);
          server.close(() => {
            clearTimeout(impatience);
            done();
          });
          server.closeIdleConnections();
        });
      resolve({
        ok: true,
        server: { url: `http://127.0.0.1:${address.port}`, port: address.port, close },
      });
    });
  });
}

function listenFailure(port: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop it, or choose another with PORT=8788.`;
  }
  if (error.code === 'EACCES')
    return `Port ${port} may not be opened by this user. Choose one above 1023 with PORT.`;
  return `Port ${port} cannot be opened (${error.code ?? error.message}).`;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: LocalRequest) => Promise<LocalAnswer>,
): Promise<void> {
  const body = await bodyOf(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const target = incoming.url ?? '/';
  const mark = target.indexOf('?');
  const answered = await answer({
    method: incoming.method ?? 'GET',
    rawPath: mark < 0 ? target : target.slice(0, mark),
    rawQuery: mark < 0 ? '' : target.slice(mark + 1),
    headers: headersOf(incoming),
    body,
  });
  write(outgoing, answered);
}

function write(outgoing: ServerResponse, answered: LocalAnswer): void {
  switch (answered.status) {
    case 'reset':
      outgoing.destroy();
      return;
    case 'silent':
      return;
    case 'stream':
      outgoing.writeHead(200, answered.headers);
      outgoing.flushHeaders();
      answered.open(
        (chunk) => outgoing.write(chunk),
        (close) => outgoing.once('close', close),
      );
      return;
    default: {
      const headers: Record<string, string | string[]> = {};
      for (const [name, value] of Object.entries(answered.headers ?? {})) {
        headers[name] = typeof value === 'string' ? value : [...value];
      }
      outgoing.writeHead(answered.status, headers).end(answered.body);
    }
  }
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return headers;
}

/** The whole body, or undefined when it is over the limit. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > bodyLimitBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
