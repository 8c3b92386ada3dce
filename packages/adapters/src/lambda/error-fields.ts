import type { LogFields } from '@aftercare/usecases/ports';

/**
 * What a log line may say of an error: its name and code, where it arose, and its message only when we wrote
 * it. Messages of parsers quote their input, which may be what a patient wrote; those of sockets and
 * libraries (they have a code, a cause or other members) quote addresses, items and requests.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    errorName: error.name,
    ...(code === undefined ? {} : { errorCode: code }),
    ...(isOurs(error) ? { errorMessage: error.message } : {}),
    at: frames
      .slice(0, 6)
      .map((frame) => frame.trim())
      .join(' | '),
  };
}

/** We throw plain errors with a plain sentence: no quotes, nothing long, no number that could be a phone. */
function isOurs(error: Error): boolean {
  if (error.name === 'UnreadableBody') return true;
  const isBare = error.constructor === Error && Object.keys(error).length === 0 && error.cause === undefined;
  return isBare && /^[\w ,;:.()’'-]{1,160}$/.test(error.message) && !/\d{4}/.test(error.message);
}
