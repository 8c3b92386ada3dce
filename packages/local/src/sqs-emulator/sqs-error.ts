import type { LocalAnswer } from '../http/loopback-server.ts';

/** A refusal of the emulated service; thrown inside the emulator, answered over HTTP. */
export class SqsError extends Error {
  readonly type: string;
  readonly queryCode: string;

  constructor(type: string, queryCode: string, message: string) {
    super(message);
    this.type = type;
    this.queryCode = queryCode;
  }
}

export const noSuchQueue = (): SqsError =>
  new SqsError(
    'com.amazonaws.sqs#QueueDoesNotExist',
    'AWS.SimpleQueueService.NonExistentQueue',
    'The specified queue does not exist.',
  );

export const invalidParameter = (message: string): SqsError =>
  new SqsError('com.amazon.coral.service#InvalidParameterValueException', 'InvalidParameterValue', message);

export const missingParameter = (name: string): SqsError =>
  new SqsError(
    'com.amazon.coral.service#MissingRequiredParameterException',
    'MissingParameter',
    `The request must contain the parameter ${name}.`,
  );

export const invalidReceipt = (handle: string): SqsError =>
  new SqsError(
    'com.amazonaws.sqs#ReceiptHandleIsInvalid',
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );

export const batchError = (name: string, message: string): SqsError =>
  new SqsError(`com.amazonaws.sqs#${name}`, `AWS.SimpleQueueService.${name}`, message);

/** The JSON protocol's error: the type in the body, the old query code in a header for SDKs that want it. */
export function answerError(error: SqsError): LocalAnswer {
  return {
    status: 400,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': `${error.queryCode};Sender`,
    },
    body: JSON.stringify({ __type: error.type, message: error.message }),
  };
}
