import { isTimeZone } from '@aftercare/time/zone';
import * as z from 'zod';
import { nextOccurrence, parseScheduleExpression, type ScheduleExpression } from './schedule-expression.ts';
import { invalid } from './scheduler-error.ts';

const between = (low: number, high: number): string =>
  `Member must have value greater than or equal to ${low} and less than or equal to ${high}`;
const pattern = (expression: RegExp): string =>
  `Member must satisfy regular expression pattern: ${expression.source}`;
const lengthIn = (low: number, high: number): string =>
  `Member must have length greater than or equal to ${low} and less than or equal to ${high}`;
const whole = (low: number, high: number) =>
  z
    .number(between(low, high))
    .int(between(low, high))
    .min(low, between(low, high))
    .max(high, between(low, high));
const text = (low: number, high: number) =>
  z.string('Member must not be null').min(low, lengthIn(low, high)).max(high, lengthIn(low, high));

const namePattern = /^[0-9a-zA-Z-_.]+$/;
const clientTokenPattern = /^[a-zA-Z0-9-_]+$/;
const rolePattern = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const queueArnPattern = /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[a-zA-Z0-9-_]+$/;
const targetArnPattern = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:.+$/;
const inputBytesMax = 256 * 1024;

export const nameSchema = text(1, 64).regex(namePattern, pattern(namePattern));
export const clientTokenSchema = text(1, 64).regex(clientTokenPattern, pattern(clientTokenPattern));

const retryPolicySchema = z.object({
  MaximumEventAgeInSeconds: whole(60, 86_400).default(86_400),
  MaximumRetryAttempts: whole(0, 185).default(185),
});

/** Members of other target kinds (EcsParameters …) are kept and returned, not acted upon. */
const targetSchema = z.looseObject({
  Arn: text(1, 1600),
  RoleArn: text(1, 1600).regex(rolePattern, pattern(rolePattern)),
  Input: z.string().min(1, lengthIn(1, inputBytesMax)).optional(),
  RetryPolicy: retryPolicySchema.default({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }),
  DeadLetterConfig: z
    .object({ Arn: text(1, 1600).regex(queueArnPattern, pattern(queueArnPattern)).optional() })
    .optional(),
});

const flexibleWindowSchema = z.object({
  Mode: z.enum(['OFF', 'FLEXIBLE'], 'Member must satisfy enum value set: [OFF, FLEXIBLE]'),
  MaximumWindowInMinutes: whole(1, 1440).optional(),
});

/** The body of CreateSchedule and UpdateSchedule, defaults filled in as GetSchedule returns them. */
export const scheduleSchema = z.object({
  ScheduleExpression: text(1, 256),
  ScheduleExpressionTimezone: text(1, 50).default('UTC'),
  FlexibleTimeWindow: flexibleWindowSchema,
  Target: targetSchema,
  GroupName: nameSchema.default('default'),
  State: z
    .enum(['ENABLED', 'DISABLED'], 'Member must satisfy enum value set: [ENABLED, DISABLED]')
    .default('ENABLED'),
  /** Epoch seconds, fractions allowed. */
  StartDate: z.number().optional(),
  EndDate: z.number().optional(),
  Description: z.string().max(512, lengthIn(0, 512)).optional(),
  ClientToken: clientTokenSchema.optional(),
  KmsKeyArn: z.string().optional(),
  ActionAfterCompletion: z
    .enum(['NONE', 'DELETE'], 'Member must satisfy enum value set: [NONE, DELETE]')
    .default('NONE'),
});
export type ScheduleBody = z.infer<typeof scheduleSchema>;

const tagSchema = z.object({ Key: text(1, 128), Value: text(1, 256) });
export const tagsSchema = z.array(tagSchema).max(200, lengthIn(0, 200));
export const groupSchema = z.object({
  Tags: tagsSchema.default([]),
  ClientToken: clientTokenSchema.optional(),
});
export const tagRequestSchema = z.object({ Tags: tagsSchema });

export const listSchema = z.object({
  MaxResults: whole(1, 100).default(100),
  NamePrefix: nameSchema.optional(),
  NextToken: z.string().min(1, lengthIn(1, 2048)).optional(),
  ScheduleGroup: nameSchema.optional(),
  State: z
    .enum(['ENABLED', 'DISABLED'], 'Member must satisfy enum value set: [ENABLED, DISABLED]')
    .optional(),
});

/**
 * Checks a request's shape and words every violation as AWS does
 * ("2 validation errors detected: Value at 'name' failed to satisfy constraint: …").
 */
export function check<T>(schema: z.ZodType<T>, input: unknown, under: readonly string[] = []): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const violations = parsed.error.issues.map((issue) => {
    const path = [...under, ...issue.path.map(String)].map(
      (part) => part.charAt(0).toLowerCase() + part.slice(1),
    );
    return `Value at '${path.join('.')}' failed to satisfy constraint: ${issue.message}`;
  });
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  throw invalid(`${count}: ${violations.join('; ')}`);
}

const startDateGraceMs = 5 * 60_000;

/**
 * A whole schedule request: shape, expression, zone, dates, target.
 *
 * @throws SchedulerError ValidationException
 */
export function checkSchedule(
  input: unknown,
  nowMs: number,
): { body: ScheduleBody; expression: ScheduleExpression } {
  const body = check(scheduleSchema, input);
  const expression = parseScheduleExpression(body.ScheduleExpression);
  if (expression === undefined) throw invalid(`Invalid Schedule Expression ${body.ScheduleExpression}.`);
  if (!isTimeZone(body.ScheduleExpressionTimezone)) {
    throw invalid(`Invalid Schedule Expression Timezone ${body.ScheduleExpressionTimezone}.`);
  }
  const window = body.FlexibleTimeWindow;
  if ((window.Mode === 'FLEXIBLE') !== (window.MaximumWindowInMinutes !== undefined)) {
    throw invalid(
      'MaximumWindowInMinutes must be set if and only if the FlexibleTimeWindow mode is FLEXIBLE.',
    );
  }
  if (body.StartDate !== undefined && body.StartDate * 1000 < nowMs - startDateGraceMs) {
    throw invalid('The StartDate you specify cannot be earlier than 5 minutes ago.');
  }
  if (body.EndDate !== undefined && body.EndDate <= (body.StartDate ?? nowMs / 1000)) {
    throw invalid('The EndDate you specify must come after the StartDate and the current time.');
  }
  if (!targetArnPattern.test(body.Target.Arn)) throw invalid('Provided Arn is not in correct format.');
  if (Buffer.byteLength(body.Target.Input ?? '') > inputBytesMax) {
    throw invalid(`The Input of a target must not be longer than ${inputBytesMax} bytes.`);
  }
  return { body, expression };
}

/** AWS promises a precision of a minute, so a moment just passed still fires. */
const atGraceMs = 60_000;

/**
 * When a schedule fires next at or after `fromMs`. A one-time schedule whose moment lay in the past at
 * creation is accepted and never fires: what AWS does then is not documented, and nothing may rely on it.
 */
export function firesNextMs(
  body: ScheduleBody,
  expression: ScheduleExpression,
  fromMs: number,
  createdMs: number,
): number | undefined {
  const zone = body.ScheduleExpressionTimezone;
  if (expression.kind === 'at') return nextOccurrence(expression, zone, fromMs - atGraceMs, createdMs);
  const startMs = body.StartDate === undefined ? createdMs : body.StartDate * 1000;
  const nextMs = nextOccurrence(expression, zone, Math.max(fromMs, startMs), startMs);
  const endMs = body.EndDate === undefined ? Number.POSITIVE_INFINITY : body.EndDate * 1000;
  return nextMs === undefined || nextMs > endMs ? undefined : nextMs;
}
