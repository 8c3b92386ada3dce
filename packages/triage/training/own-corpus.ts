import { readdirSync, readFileSync } from 'node:fs';
import { type Device, type Level, levels } from '../src/assessment.ts';

/** One labelled text, whoever wrote it. */
export type Labelled = {
  id: string;
  lang: string;
  text: string;
  level: Level;
  optOut: boolean;
  hoursSinceTreatment: number;
  device: Device;
  needleDepthMm: number;
};

const devices = new Map<string, readonly [Device, number]>([
  ['p', ['pen', 1.5]],
  ['r', ['roller', 0.5]],
  ['s', ['stamper', 1]],
  ['f', ['rf', 2.5]],
]);

const spanish = new RegExp(
  '[ñáéíóúü¿¡]|\\b(?:que|el|la|los|las|me|mi|no|de|en|por|para|una?|ya|con|' +
    'tengo|estoy|cuando|puedo|esta|muy|como|mas|gracias|se)\\b',
  'iu',
);

const revokesToo = new RegExp(
  '\\bstop (?:text|mess|check|emailing)|unsubscribe|no more (?:text|mess)|take me off|leave me alone|' +
    'dont contact me|ya no me escriban|quítenme|no más mensajes|no manden|^alto,|' +
    '^stop\\b.*(?:btw|also)|stop checking in|, stop$|STOP MESSAGING',
  'iu',
);

function isOptOut(level: Level, text: string): boolean {
  if (level === 'opt_out') return true;
  if (
    level === 'opt_in' ||
    level === 'admin' ||
    level === 'unclear' ||
    level === 'help' ||
    level === 'question'
  )
    return false;
  return revokesToo.test(text);
}

const letters = new Map<string, Level>([
  ['E', 'emergency'],
  ['U', 'urgent'],
  ['R', 'review'],
  ['S', 'self_care'],
  ['Q', 'question'],
  ['O', 'opt_out'],
  ['I', 'opt_in'],
  ['H', 'help'],
  ['A', 'admin'],
  ['X', 'unclear'],
]);

function labelled(id: string, level: Level, line: string, optOut: boolean | undefined): Labelled {
  const [, hours, letter, text] = /^(\d+)([prsf]) (.+)$/u.exec(line) ?? [];
  const tool = devices.get(letter ?? '');
  if (text === undefined || tool === undefined) throw new Error(`${id} is malformed: ${line}`);
  return {
    id,
    lang: spanish.test(text) ? 'es' : 'en',
    text,
    level,
    optOut: optOut ?? isOptOut(level, text),
    hoursSinceTreatment: Number(hours),
    device: tool[0],
    needleDepthMm: tool[1],
  };
}

function oneLevelFile(file: string, lines: readonly string[]): Labelled[] {
  const level = levels.find((name) => name === file.replace('.txt', ''));
  if (level === undefined) throw new Error(`no level is named like ${file}`);
  return lines.map((line, index) => labelled(`own-${level}-${index + 1}`, level, line, undefined));
}

function mixedFile(file: string, lines: readonly string[]): Labelled[] {
  return lines.map((line, index) => {
    const id = `own-${file.replace('.mixed', '')}-${index + 1}`;
    const [, letter, opt, rest] = /^([A-Z])(o?) (.+)$/u.exec(line) ?? [];
    const level = letters.get(letter ?? '');
    if (level === undefined || rest === undefined) throw new Error(`${id} is malformed: ${line}`);
    return labelled(id, level, rest, opt === 'o' || level === 'opt_out');
  });
}

type Written = Omit<Labelled, 'id'>;

function writtenFile(file: string, lines: readonly string[]): Labelled[] {
  return lines.map((line, index): Labelled => {
    const record: Written = JSON.parse(line);
    return { ...record, id: `own-${file.replace('.jsonl', '')}-${index + 1}` };
  });
}

/**
 * Reads the hand-written corpus. `<level>.txt`: one text per line, `<hours><device> <text>`;
 * `*.mixed`: the level's letter first (`o` after it = also an opt-out). `*.jsonl`: one record per line.
 */
export function ownCorpus(): Labelled[] {
  const folder = new URL('./own/', import.meta.url);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(new URL(file, folder), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
      if (file.endsWith('.txt')) return oneLevelFile(file, lines);
      if (file.endsWith('.jsonl')) return writtenFile(file, lines);
      return file.endsWith('.mixed') ? mixedFile(file, lines) : [];
    });
}
