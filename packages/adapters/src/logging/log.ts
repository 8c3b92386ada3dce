import { redact } from '@aftercare/sms/redaction';
import type { Log, LogFields } from '@aftercare/usecases/ports';
import type { Context } from 'aws-lambda';

type RequestContext = Pick<Context, 'awsRequestId'>;

/**
 * JSON lines on stdout, which is where CloudWatch reads; `console` would put a prefix of its own before them.
 * `withRequest` ties the lines of one invocation together; which function wrote them, its log group says.
 *
 * The last gate before a line leaves: whatever was handed in, telling keys and anything shaped like a phone
 * number, an address or a secret become `[redacted]` (design 7.9). Ids of Lambda and X-Ray stay, for
 * correlation, and no field can pass itself off as one of the line's own.
 */
export function createLog(
  service: string,
  print: (line: string) => unknown = (line) => process.stdout.write(line),
): Log & { withRequest(context: RequestContext): void } {
  let request: Partial<RequestContext> = {};
  let invocations = 0;
  const write =
    (level: 'INFO' | 'WARN' | 'ERROR') =>
    (event: string, fields: LogFields = {}): void => {
      const line = {
        ...plainRecord(redact({ ...fields })),
        timestamp: new Date().toISOString(),
        level,
        event,
        service,
        requestId: request.awsRequestId,
        // Said where it is true: most lines are not of a first invocation, and every byte is paid for.
        coldStart: invocations === 1 ? true : undefined,
        traceId: traceId(),
      };
      print(`${JSON.stringify(line)}\n`);
    };
  return {
    info: write('INFO'),
    warn: write('WARN'),
    error: write('ERROR'),
    withRequest: (context) => {
      request = context;
      invocations += 1;
    },
  };
}

/** Lambda sets it anew for every invocation. */
function traceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
}

function plainRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
