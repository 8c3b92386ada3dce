import { createInterface } from 'node:readline';
import { replyText } from '@aftercare/conversation/reply-text';
import type { Instant } from '@aftercare/time/instant';
import { instantFromEpochMs } from '@aftercare/time/instant';
import { assess } from '@aftercare/triage/assess';
import type { AssessInput } from '@aftercare/triage/assessment';
import { z } from 'zod';

/**
 * One line of input (design 6.2). Only `text` is required: a missing hour, device or depth counts as
 * unknown.
 */
const line = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  hoursSinceTreatment: z.number().nullish(),
  device: z.enum(['roller', 'stamper', 'pen', 'rf']).nullish().catch(null),
  needleDepthMm: z.union([z.number(), z.array(z.number())]).nullish(),
  areas: z.array(z.string()).nullish(),
  flags: z.array(z.string()).nullish(),
  pending: z.object({ questionId: z.string(), options: z.array(z.string()).optional() }).nullish(),
  media: z.number().nullish(),
});

function inputOf(record: z.infer<typeof line>): AssessInput {
  const { pending } = record;
  return {
    text: record.text,
    hoursSinceTreatment: record.hoursSinceTreatment ?? null,
    device: record.device ?? null,
    needleDepthMm: record.needleDepthMm ?? null,
    ...(record.areas == null ? {} : { areas: record.areas }),
    ...(record.flags == null ? {} : { flags: record.flags }),
    ...(record.media == null ? {} : { media: record.media }),
    ...(pending == null
      ? {}
      : {
          pending: {
            questionId: pending.questionId,
            ...(pending.options === undefined ? {} : { options: pending.options }),
          },
        }),
  };
}

function parsed(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/**
 * The answer to one input line, as one JSON text: an assessment with its reply, or an error that names
 * the line.
 */
function answerLine(text: string, lineNumber: number, now: Instant): string {
  const json = parsed(text);
  if (!json.ok) return JSON.stringify({ line: lineNumber, error: 'not JSON' });
  const record = line.safeParse(json.value);
  if (!record.success) {
    const errors = record.error.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    return JSON.stringify({ line: lineNumber, error: 'not a triage input', errors });
  }
  const input = inputOf(record.data);
  const { level, optOut, concepts, negated, evidence, ...rest } = assess(input);
  const reply = replyText(input, { level, optOut, concepts, negated, evidence, ...rest }, now);
  const { language, situation } = rest;
  const id = record.data.id ?? null;
  return JSON.stringify({
    id,
    level,
    optOut,
    concepts,
    negated,
    reply: reply === '' ? null : reply,
    language,
    situation,
    evidence,
  });
}

/** NDJSON on stdin, NDJSON on stdout, one answer per line in the same order (design 6.2 `triage`). */
async function main(): Promise<void> {
  const now = instantFromEpochMs(Date.now());
  let lineNumber = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    if (text.trim() !== '') process.stdout.write(`${answerLine(text, lineNumber, now)}\n`);
  }
}

await main();
