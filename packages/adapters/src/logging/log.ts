import { redact } from '@aftercare/sms/redaction';
import type { Log } from '@aftercare/usecases/ports';
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';

/**
 * The last gate before a log line leaves: whatever was handed in, telling keys and anything shaped like a
 * phone number, an address or a secret become `[redacted]` (design 7.9). Ids of Lambda and X-Ray stay, for
 * correlation.
 */
class RedactingFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { lambdaContext } = attributes;
    const line = {
      timestamp: this.formatTimestamp(attributes.timestamp),
      level: attributes.logLevel,
      event: attributes.message,
      service: attributes.serviceName,
      function: lambdaContext?.functionName,
      requestId: lambdaContext?.awsRequestId,
      coldStart: lambdaContext?.coldStart,
      traceId: attributes.xRayTraceId,
    };
    return new LogItem({ attributes: { ...plainRecord(redact(additional)), ...withoutUndefined(line) } });
  }
}

type PowertoolsContext = Parameters<Logger['addContext']>[0];

/** JSON lines on stdout. `withRequest` ties the lines of one invocation together. */
export function createLog(service: string): Log & { withRequest(context: PowertoolsContext): void } {
  const logger = new Logger({ serviceName: service, logFormatter: new RedactingFormatter() });
  return {
    info: (event, fields = {}) => logger.info(event, { ...fields }),
    warn: (event, fields = {}) => logger.warn(event, { ...fields }),
    error: (event, fields = {}) => logger.error(event, { ...fields }),
    withRequest: (context) => logger.addContext(context),
  };
}

function plainRecord(value: unknown): LogAttributes {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function withoutUndefined(record: LogAttributes): LogAttributes {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
