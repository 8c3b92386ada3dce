import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { healingCalendar } from '@aftercare/local/console/healing-calendar';
import { type ProtocolContent, readContent } from '@aftercare/protocol/lint/content';
import type { Area, Style } from '@aftercare/protocol/session';
import { hoursBetween } from '@aftercare/time/instant';
import { type CommandLine, optionLines, readCommandLine } from './command-line.ts';
import { calendarPage } from './preview/calendar-page.ts';
import { BODY_ITEMS, HAIR_ITEMS } from './preview/calendar-svg.ts';
import { checksumOf, readDocument, readVersion } from './preview/content-files.ts';
import { factsPage } from './preview/facts-page.ts';
import { matrixPage } from './preview/matrix-page.ts';
import { drawPicture } from './preview/picture.ts';
import { type PreviewOptions, readSessionFile, sessionPreview, textTimes } from './preview/session-texts.ts';

const CONTENT = fileURLToPath(new URL('../../protocol/content', import.meta.url));
const VERSION = 'microneedling/v1';
const SHEET_SIZE = { width: 1120, height: 1600 };
const CALENDAR_WIDTH = 1080;

const options = {
  matrix: {
    kind: 'text',
    value: 'out.html',
    help: 'the sheet of all texts and calendars, for a clinician to print, read and sign',
  },
  facts: { kind: 'text', value: 'out.md', help: 'where each fact of the articles is used' },
  image: {
    kind: 'text',
    value: 'out.png',
    help: 'a picture: of the session’s healing calendar, or of the sheet’s first page',
  },
  file: { kind: 'text', value: 'own.json', help: 'a clinic’s own protocol in place of the bundled one' },
  style: { kind: 'text', value: 'standard|concise', help: 'at most two segments (default) or exactly one' },
  language: { kind: 'text', value: 'en|es', help: 'default: the patient’s' },
  clinic: { kind: 'text', value: 'name', help: 'the clinic’s name in the texts (default GlowClinic)' },
  phone: { kind: 'text', value: 'number', help: 'the phone in the texts (default 305-555-0100)' },
} as const;

const help = `Usage: npx pnpm@12 preview <session.json> [options]
       npx pnpm@12 preview <session.json> --file own.json
       npx pnpm@12 preview --matrix out.html [--image out.png]

Prints every text of one session with its local time, its segments and the facts behind each sentence.

${optionLines(options)}`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const read = readCommandLine(args, options);
  if (!read.ok) return fail(`${read.message} See --help.`);
  const { line } = read;
  if (line.flag('help')) {
    console.log(help);
    return 0;
  }
  const own = line.text('file');
  const content = own === undefined ? loadContent() : loadOwnContent(own);
  if (!content.ok) return fail(content.message);
  const [file, ...more] = line.words;
  if (more.length > 0) return fail('preview takes one session file. See --help.');
  if (file !== undefined) return previewSession(content.content, file, line);
  return writeSheets(content.content, line);
}

function writeSheets(content: ProtocolContent, line: CommandLine): number {
  const matrix = line.text('matrix');
  const facts = line.text('facts');
  const image = line.text('image');
  if (matrix === undefined && facts === undefined)
    return fail('preview needs a session file, --matrix or --facts. See --help.');
  if (facts !== undefined) writeFileSync(facts, factsPage(content));
  if (matrix !== undefined) writeFileSync(matrix, matrixPage(content, checksumOf(CONTENT, VERSION)));
  for (const written of [matrix, facts]) if (written !== undefined) console.log(`Wrote ${written}.`);
  if (image === undefined) return 0;
  if (matrix === undefined) return fail('--image needs --matrix or a session file.');
  return picture(matrix, image, SHEET_SIZE);
}

function previewSession(content: ProtocolContent, file: string, line: CommandLine): number {
  const chosen = chosenOptions(line);
  if (typeof chosen === 'string') return fail(chosen);
  const read = readSessionFile(file);
  if (!read.ok) return fail(read.message);
  console.log(sessionPreview(content, read, chosen));
  const image = line.text('image');
  if (image === undefined) return 0;
  const calendar = healingCalendar({
    release: content.release,
    session: read.session,
    language: 'en',
    ...chosen,
  });
  const hours = textTimes(content, read).map(({ now }) => hoursBetween(read.session.endedAt, now));
  const drawing = calendarPage(
    calendar,
    hours,
    irrelevantRows(read.session.areas),
    `Healing calendar of session ${read.request.sessionId}`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-preview-'));
  const page = join(folder, 'calendar.html');
  writeFileSync(page, drawing.html);
  const code = picture(page, image, { width: CALENDAR_WIDTH, height: drawing.heightPx });
  rmSync(folder, { recursive: true });
  return code;
}

/** What a calendar of these areas can leave out. */
function irrelevantRows(areas: readonly Area[]): string[] {
  const hair = areas.some((area) => area === 'scalp' || area === 'beard');
  const body = areas.some((area) => ['back', 'chest', 'abdomen', 'thighs', 'arms'].includes(area));
  return [...(hair ? [] : HAIR_ITEMS), ...(body ? [] : BODY_ITEMS)];
}

function chosenOptions(line: CommandLine): PreviewOptions | string {
  const style = line.text('style') ?? 'standard';
  const language = line.text('language');
  if (!isStyle(style)) return `--style is standard or concise, not ${style}.`;
  if (language !== undefined && language !== 'en' && language !== 'es')
    return `--language is en or es, not ${language}.`;
  const contact = {
    clinicName: line.text('clinic') ?? 'GlowClinic',
    phone: line.text('phone') ?? '305-555-0100',
  };
  return { style, ...contact, ...(language === undefined ? {} : { language }) };
}

function isStyle(text: string): text is Style {
  return text === 'standard' || text === 'concise';
}

function picture(page: string, image: string, size: { width: number; height: number }): number {
  const drawn = drawPicture(page, image, size);
  if (!drawn.ok) return fail(drawn.message);
  console.log(`Wrote ${image}.`);
  return 0;
}

type LoadedContent = { ok: true; content: ProtocolContent } | { ok: false; message: string };

/** A clinic's own protocol with our documentation of the facts, which its ids still mean. */
function loadOwnContent(path: string): LoadedContent {
  const own = readDocument(path);
  if (!own.ok) return own;
  const { files } = readVersion(CONTENT, VERSION);
  const read = readContent({ ...files, 'no-room.json': {}, ...own.files });
  if (read.ok) return read;
  const [first] = read.problems;
  const place = `${first?.file} ${first?.key}: ${first?.message}`;
  return { ok: false, message: `${path} is no protocol (${place}). Run protocol:lint --file ${path}.` };
}

function loadContent(): LoadedContent {
  const { files, problems } = readVersion(CONTENT, VERSION);
  const read = readContent(files);
  if (read.ok && problems.length === 0) return read;
  const first = [...problems, ...(read.ok ? [] : read.problems)][0];
  return { ok: false, message: `The content is broken (${first?.file} ${first?.key}). Run protocol:lint.` };
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
