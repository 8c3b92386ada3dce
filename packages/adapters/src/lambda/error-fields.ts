import type { LogFields } from '@aftercare/usecases/ports';

/**
 * What a log line may say of an error: its name and code, where it arose, and its message only when we wrote
 * it. Messages of parsers quote their input, which may be what a patient wrote.
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

const isOurs = (error: Error): boolean => error.constructor === Error || error.name === 'UnreadableBody';
