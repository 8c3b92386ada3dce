import colors from 'picocolors';
import { z } from 'zod';
import type { JourneyFile } from './journey-file.ts';
import type { JourneyMessage, Transcript } from './walk.ts';

const width = 96;
const shownEvent = z.looseObject({
  at: z.string(),
  localTime: z.string(),
  type: z.string(),
  day: z.number().optional(),
  reason: z.string().optional(),
  text: z.string(),
});
const shownAlert = z.looseObject({
  level: z.string(),
  status: z.string(),
  openedAt: z.string(),
  acknowledgedAt: z.string().optional(),
  acknowledgedBy: z.string().optional(),
});

/** The transcript for a person: local times, one block per text, and why each text went or did not. */
export function transcriptText(journey: JourneyFile, transcript: Transcript): string {
  const blocks = [
    heading(journey),
    ...transcript.messages.map((message) => messageBlock(journey, message)),
    alertLines(transcript.alerts),
    notSentLines(transcript.events),
    summary(transcript.messages),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function heading(journey: JourneyFile): string {
  const { sessionId, treatment } = journey.session;
  const depth =
    treatment.needleDepthMm === undefined ? '' : ` · ${JSON.stringify(treatment.needleDepthMm)} mm`;
  const device = typeof treatment.device === 'string' ? ` · ${treatment.device}` : '';
  return colors.bold(`Session ${sessionId}${device}${depth} · ended ${treatment.endedAt}`);
}

function messageBlock(journey: JourneyFile, message: JourneyMessage): string {
  const patient = journey.session.patient.phone;
  const inbound = message.direction === 'inbound';
  const other = inbound ? message.from : message.to;
  const who = other === patient ? 'patient' : `staff ${other}`;
  const what = inbound ? `${who} writes` : `${titleOf(message)} to ${who}`;
  const size = inbound
    ? ''
    : ` · ${message.segments} segment${message.segments === 1 ? '' : 's'} · ${message.status}`;
  const title = inbound ? colors.yellow(what) : colors.green(what);
  const head = `${colors.cyan(shownTime(message.localTime))}  ${title}${colors.dim(size)}`;
  const lines = wrap(message.body, width - 4).map((line) => `    ${line}`);
  const because = inbound || message.reason === undefined ? [] : [colors.dim(`    why: ${message.reason}`)];
  const facts =
    message.facts === undefined || message.facts.length === 0
      ? []
      : [colors.dim(`    facts: ${message.facts.join(' ')}`)];
  return [head, ...lines, ...because, ...facts].join('\n');
}

function titleOf(message: JourneyMessage): string {
  return message.kind === 'reminder' && message.day !== undefined
    ? `day ${message.day}`
    : message.kind.replace('_', '-');
}

function alertLines(alerts: readonly unknown[]): string {
  const lines = alerts.flatMap((alert) => {
    const read = shownAlert.safeParse(alert);
    if (!read.success) return [];
    const { level, status, openedAt, acknowledgedAt, acknowledgedBy } = read.data;
    const taken =
      acknowledgedAt === undefined
        ? 'nobody acknowledged it'
        : `acknowledged ${acknowledgedAt} by ${acknowledgedBy ?? 'staff'}`;
    return [`  ${level}: opened ${openedAt}, ${taken}, now ${status}`];
  });
  return lines.length === 0 ? '' : [colors.bold('Alerts'), ...lines].join('\n');
}

/** What did not go, and why: the lines a receptionist asks for. */
function notSentLines(events: readonly unknown[]): string {
  const lines = events.flatMap((event) => {
    const read = shownEvent.safeParse(event);
    if (!read.success || !/skipped|failed|cancelled|superseded/.test(read.data.type)) return [];
    return [`  ${shownTime(read.data.localTime)}  ${read.data.text}`];
  });
  return lines.length === 0 ? '' : [colors.bold('Not sent'), ...lines].join('\n');
}

function summary(messages: readonly JourneyMessage[]): string {
  const out = messages.filter((message) => message.direction === 'outbound');
  const reminders = out.filter((message) => message.kind === 'reminder').length;
  const segments = out.reduce((sum, message) => sum + message.segments, 0);
  return colors.dim(
    `${reminders} reminders, ${out.length - reminders} other texts, ${segments} segments, ` +
      `${messages.length - out.length} texts received.`,
  );
}

/** `2026-11-22T10:00` as `Sun 22 Nov 10:00`. */
function shownTime(localTime: string): string {
  const date = new Date(`${localTime}:00Z`);
  const day = date.toLocaleDateString('en-GB', {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    timeZone: 'UTC',
  });
  return `${day.replace(',', '')} ${localTime.slice(11)}`;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > columns) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}
