import { readFileSync } from 'node:fs';
import { type SessionRequest, sessionRequest } from '@aftercare/contract/session-request';
import { validate } from '@aftercare/contract/validate';
import { composeConfirmation, composeReminder } from '@aftercare/protocol/compose';
import type { ProtocolContent } from '@aftercare/protocol/lint/content';
import type { CareSession, Language, Style } from '@aftercare/protocol/session';
import { warningsAtIntake } from '@aftercare/protocol/warnings';
import { analyse } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import { addDays } from '@aftercare/time/local-date';
import { instantAt, localDateOf, localDateTimeOf } from '@aftercare/time/zone';
import { careSessionOf } from '@aftercare/usecases/care-session';
import colors from 'picocolors';

const DEFAULT_ZONE = 'America/New_York';
const DEFAULT_TIME = '10:00';

export type PreviewOptions = { language?: Language; style: Style; clinicName: string; phone: string };

export type ReadSession =
  | { ok: true; request: SessionRequest; session: CareSession }
  | { ok: false; message: string };

/** Reads a session file as it would be posted (design 6.1); every wrong field is named. */
export function readSessionFile(file: string): ReadSession {
  const json = readJson(file);
  if (!json.ok) return json;
  const read = validate(sessionRequest, json.value);
  if (!read.ok) {
    const lines = read.errors.map(({ path, message }) => `  ${path === '' ? '(the file)' : path} ${message}`);
    return { ok: false, message: [`${file} is not a session:`, ...lines].join('\n') };
  }
  const session = careSessionOf(read.value, read.value.patient.timeZone ?? DEFAULT_ZONE);
  return { ok: true, request: read.value, session };
}

/** The texts of one session as they would be written on their days, each with why its sentences are there. */
export function sessionPreview(
  content: ProtocolContent,
  read: Extract<ReadSession, { ok: true }>,
  options: PreviewOptions,
): string {
  const { release } = content;
  const { request, session } = read;
  const language =
    options.language ?? (request.patient.language?.toLowerCase().startsWith('es') ? 'es' : 'en');
  const confirmation = composeConfirmation({ language, ...options, release });
  const texts = textTimes(content, read).map(({ day, now }) => {
    const reminder = composeReminder({ release, session, day, now, language, ...options });
    return [
      heading(`Day ${day}, ${readable(now, session)}`, reminder.body),
      `  ${reminder.body}`,
      ...reminder.lines.flatMap(({ text, facts }) => whyLines(content, text, facts)),
      ...(reminder.dropped.length === 0
        ? []
        : [colors.dim(`    no room for: ${reminder.dropped.join(', ')}`)]),
    ].join('\n');
  });
  const warnings = warningsAtIntake(release, session).map(
    ({ code, message }) => `  ${colors.yellow(code)}: ${message}`,
  );
  return [
    `${colors.bold(`Session ${request.sessionId}`)}, ended ${readable(session.endedAt, session)}`,
    colors.dim(
      `${release.id} v${release.version}, ${release.status}: a DRAFT until a clinician has signed it`,
    ),
    ...warnings,
    [heading('Confirmation, on the day', confirmation.body), `  ${confirmation.body}`].join('\n'),
    ...texts,
  ].join('\n\n');
}

/**
 * When the text of each day would go: the day's date in the patient's zone, at the hour the clinic asked
 * for.
 */
export function textTimes(
  { release }: ProtocolContent,
  { request, session }: Extract<ReadSession, { ok: true }>,
): { day: number; now: Instant }[] {
  const endedOn = localDateOf(session.endedAt, session.timeZone);
  const time = request.overrides?.reminderTime ?? DEFAULT_TIME;
  return release.days.map((day) => ({ day, now: instantAt(addDays(endedOn, day), time, session.timeZone) }));
}

function heading(words: string, body: string): string {
  const { units, segments } = analyse(body);
  const size = `(${units} characters, ${segments} segment${segments === 1 ? '' : 's'})`;
  return `${colors.bold(colors.cyan(words))} ${colors.dim(size)}`;
}

function readable(instant: Instant, { timeZone }: CareSession): string {
  return `${localDateTimeOf(instant, timeZone).replace('T', ' ')} ${timeZone}`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function whyLines(content: ProtocolContent, text: string, facts: readonly string[]): string[] {
  return facts.map((id) => {
    const statement = content.facts[id]?.statement ?? content.lines[id]?.statement ?? '';
    return colors.dim(`    ${id} ${statement}${facts[0] === id ? `  <- "${shortened(text)}"` : ''}`);
  });
}

function readJson(file: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(readFileSync(file, 'utf8')) };
  } catch (error) {
    return {
      ok: false,
      message: `Cannot read ${file}: ${error instanceof Error ? error.message : 'unknown reason'}`,
    };
  }
}
