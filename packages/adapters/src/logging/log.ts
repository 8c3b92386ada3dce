import { redact } from '@aftercare/sms/redaction';
import type { Log, LogFields } from '@aftercare/usecases/ports';
import type { Context } from 'aws-lambda';

type RequestContext = Pick<Context, 'awsRequestId' | 'functionName'>;

/**
 * JSON lines on stdout, which is where CloudWatch reads; `console` would put a prefix of its own before them.
 * `withRequest` ties the lines of one invocation together.
 *
 * The last gate before a line leaves: whatever was handed in, telling keys and anything shaped like a phone
 * number, an address or a secret become `[redacted]` (design 7.9). Ids of Lambda and X-Ray stay, for
 * correlation, and no field can pass itself off as one of the line's own.
 */
export function createLog(service: string): Log & { withRequest(context: RequestContext): void } {
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
        function: request.functionName,
        requestId: request.awsRequestId,
        coldStart: invocations === 0 ? undefined : invocations === 1,
        traceId: traceId(),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
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
