import { optionLines, readCommandLine } from '../command-line.ts';
import { readJourneyFile } from './journey-file.ts';
import { transcriptText } from './transcript.ts';
import { walkJourney } from './walk.ts';

const options = {
  json: { kind: 'switch', help: 'one JSON object instead of the readable transcript' },
} as const;

const help = `Usage: npx pnpm@12 journey <file.json> [--json]

Walks one session through its two weeks on a frozen clock, in seconds, with everything real but the phones.
The file: {"session": {…}, "clinic"?: {…}, "replies"?: [{"at": "P1DT2H", "body": "…", "from"?, "to"?}]}
  session   as posted to the API, posted at the moment treatment.endedAt
  clinic    members of the sample clinic's configuration to replace
  replies   "at" is a duration after treatment.endedAt; "from" a number or a staffId (default: the patient);
            "to" a number or "alert" (default: the patient line)

${optionLines(options)}`;

/** Prints the transcript of a journey file; the process's exit code. */
export async function journeyCommand(args: readonly string[]): Promise<number> {
  const read = readCommandLine(args, options);
  if (!read.ok) return fail(`${read.message} See --help.`);
  const { line } = read;
  if (line.flag('help')) {
    console.log(help);
    return 0;
  }
  const [file, ...more] = line.words;
  if (file === undefined || more.length > 0) return fail('journey takes one file. See --help.');
  const journey = readJourneyFile(file);
  if (!journey.ok) return fail(journey.message);
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const walked = await walkJourney(journey.journey, journey.endedAt, showDay);
  if (process.stderr.isTTY) process.stderr.write(clearLine);
  if (!walked.ok) return fail(walked.message);
  const text = line.flag('json')
    ? JSON.stringify(walked.transcript, undefined, 2)
    : transcriptText(journey.journey, walked.transcript);
  console.log(text);
  return 0;
}

const clearLine = '\r\u001b[K';

/** Where a long walk is, for somebody who waits at a terminal. */
function showDay(at: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${clearLine}${at.slice(0, 10)} …`);
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
