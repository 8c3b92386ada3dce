import { readFileSync } from 'node:fs';
import { assess } from '@aftercare/triage/assess';
import { severityOf } from '@aftercare/triage/assessment';
import { givenCorpus, partOf } from '@aftercare/triage/training/corpus';
import type { Labelled } from '@aftercare/triage/training/own-corpus';
import { confusionTable, figuresLine, type Judged } from '@aftercare/triage/training/score';

/** Reads every given text of one part with what is shipped. */
export function judgedPart(part: 'build' | 'measured'): Judged[] {
  return givenCorpus()
    .filter((record) => partOf(record.id) === part)
    .map((record) => ({ record, read: assess(record) }));
}

const independent = [
  'texts.jsonl',
  'texts-2.jsonl',
  'texts-3.jsonl',
  'texts-4.jsonl',
  'texts-5.jsonl',
  'texts-6.jsonl',
  'texts-7.jsonl',
  'texts-8.jsonl',
  'texts-9.jsonl',
  'texts-10.jsonl',
  'texts-11.jsonl',
  'texts-12.jsonl',
  'families.jsonl',
  'plain.jsonl',
  'wishes.jsonl',
  'short.jsonl',
] as const;

/** Texts that others wrote for measuring only (test/triage/independent/README.md). */
export function judgedFile(name: (typeof independent)[number]): Judged[] {
  return readFileSync(new URL(`independent/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const record: Labelled = { id: `independent-${index + 1}`, ...JSON.parse(line) };
      return { record, read: assess(record) };
    });
}

const writers = [
  ['a', 'everyday English'],
  ['b', 'Spanish and Spanglish'],
  ['c', 'near misses'],
] as const;

/** The report of one part: figures per language and writer, and the confusion matrices. */
export function report(name: string, judged: readonly Judged[]): string {
  const of = (language: string): Judged[] => judged.filter(({ record }) => record.lang === language);
  const by = (letter: string): Judged[] =>
    judged.filter(({ record }) => record.id.startsWith(letter) && /^.\d/u.test(record.id));
  const parts = [
    ...['en', 'es', 'mixed'].map((language) => ({ part: language, texts: of(language) })),
    ...writers.map(([letter, writer]) => ({ part: writer, texts: by(letter) })),
  ].filter(({ texts }) => texts.length > 0);
  return [
    figuresLine(name, judged),
    ...parts.map(({ part, texts }) => figuresLine(`  ${part}`, texts)),
    confusionTable(judged),
    ...['en', 'es', 'mixed'].map((language) => `${language}\n${confusionTable(of(language))}`),
  ].join('\n');
}

/** Severe texts of the build part that were read below their level; the measured part's are never listed. */
export function underTriage(judged: readonly Judged[]): string[] {
  return judged
    .filter(
      ({ record, read }) =>
        severityOf(record.level) >= 3 && severityOf(read.level) < severityOf(record.level),
    )
    .map(({ record, read }) => `${record.id} ${record.level} read as ${read.level}: ${record.text}`);
}

if (import.meta.main) {
  const build = judgedPart('build');
  process.stdout.write(`${report('build part (trained on)', build)}\n\nUnder-triage of the build part:\n`);
  process.stdout.write(
    `${underTriage(build).join('\n')}\n\n${report('measured part', judgedPart('measured'))}\n`,
  );
  for (const name of independent) {
    process.stdout.write(`\n${report(`independent ${name}`, judgedFile(name))}\n`);
  }
}
