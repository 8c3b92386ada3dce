import type { LocalAnswer } from '../http/loopback-server.ts';

const httpStatus = {
  ConflictException: 409,
  ResourceNotFoundException: 404,
  ValidationException: 400,
  ThrottlingException: 429,
  ServiceQuotaExceededException: 402,
  InternalServerException: 500,
  UnknownOperationException: 404,
  AccessDeniedException: 403,
} as const;

export type SchedulerErrorName = keyof typeof httpStatus;

/** A refusal of the emulated service; thrown inside the emulator, answered over HTTP. */
export class SchedulerError extends Error {
  readonly errorName: SchedulerErrorName;

  constructor(errorName: SchedulerErrorName, message: string) {
    super(message);
    this.errorName = errorName;
  }
}

export const invalid = (message: string): SchedulerError =>
  new SchedulerError('ValidationException', message);
export const noSuchSchedule = (name: string): SchedulerError =>
  new SchedulerError('ResourceNotFoundException', `Schedule ${name} does not exist.`);
export const noSuchGroup = (name: string): SchedulerError =>
  new SchedulerError('ResourceNotFoundException', `Schedule group ${name} does not exist.`);

/** Status, `x-amzn-errortype` and `{"Message"}`: rest-json as Scheduler answers it. */
export function answerError(error: SchedulerError): LocalAnswer {
  return {
    status: httpStatus[error.errorName],
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.errorName },
    body: JSON.stringify({ Message: error.message }),
  };
}
