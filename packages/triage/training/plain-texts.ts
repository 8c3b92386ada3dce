import { readFileSync } from 'node:fs';
import type { Device, Level } from '../src/assessment.ts';
import { sharesFrom } from './draws.ts';
import type { Labelled } from './own-corpus.ts';

/**
 * What a hand-written clause of `plain/en.json` or `plain/es.json` tells: a sign of a level, one that is
 * denied, over (`gone`), another's (`theirs`) or imagined (`unreal`), or no sign: a question, an office
 * matter, a revocation, what only sounds like one (`keep`), an opening that means nothing (`lead`).
 */
type Kind =
  | 'emergency'
  | 'urgent'
  | 'review'
  | 'mild'
  | 'denied'
  | 'gone'
  | 'theirs'
  | 'unreal'
  | 'question'
  | 'office'
  | 'revoke'
  | 'keep'
  | 'lead';

type Clauses = Readonly<Record<Kind, readonly string[]>>;

/** Which kinds stand together, in any order, and how many texts of that are made per language. */
const plans: readonly (readonly [kinds: readonly Kind[], texts: number])[] = [
  [['denied', 'emergency'], 270],
  [['denied', 'urgent'], 360],
  [['lead', 'emergency'], 180],
  [['lead', 'urgent'], 180],
  [['question', 'emergency'], 180],
  [['question', 'urgent'], 270],
  [['office', 'emergency'], 180],
  [['office', 'urgent'], 270],
  [['revoke', 'emergency'], 180],
  [['revoke', 'urgent'], 270],
  [['mild', 'emergency'], 180],
  [['mild', 'urgent'], 270],
  [['theirs', 'urgent'], 90],
  [['gone', 'urgent'], 90],
  [['gone', 'emergency'], 90],
  [['unreal', 'urgent'], 90],
  [['unreal', 'emergency'], 90],
  [['keep', 'urgent'], 90],
  [['keep', 'emergency'], 90],
  [['denied'], 160],
  [['denied', 'denied'], 450],
  [['denied', 'denied', 'denied'], 270],
  [['denied', 'mild'], 450],
  [['denied', 'question'], 270],
  [['denied', 'office'], 180],
  [['denied', 'revoke'], 270],
  [['mild', 'revoke'], 180],
  [['question', 'revoke'], 180],
  [['office', 'revoke'], 180],
  [['revoke'], 130],
  [['mild', 'question'], 180],
  [['theirs', 'office'], 270],
  [['theirs', 'mild'], 180],
  [['unreal', 'office'], 180],
  [['unreal', 'mild'], 180],
  [['keep', 'office'], 180],
  [['keep', 'mild'], 180],
  [['gone'], 60],
  [['gone', 'mild'], 270],
  [['gone', 'office'], 90],
  [['mild', 'office'], 180],
  [['review', 'question'], 180],
  [['review', 'office'], 90],
  [['review', 'denied'], 270],
  [['lead', 'mild'], 180],
  [['lead', 'question'], 180],
  [['lead', 'denied'], 180],
];

/** The first of these kinds that a text has gives its level. */
const levelOfKind: readonly (readonly [Kind, Level])[] = [
  ['emergency', 'emergency'],
  ['urgent', 'urgent'],
  ['review', 'review'],
  ['mild', 'self_care'],
  ['question', 'question'],
  ['denied', 'self_care'],
  ['gone', 'self_care'],
  ['revoke', 'opt_out'],
  ['office', 'admin'],
];

const joints = {
  en: [', ', ', ', '. ', '. ', ' ', '\n', ' and ', ', but ', ' - '],
  es: [', ', ', ', '. ', '. ', ' ', '\n', ' y ', ', pero ', ' - '],
} as const;

const tools: readonly (readonly [Device, number])[] = [
  ['pen', 1.5],
  ['pen', 0.5],
  ['roller', 0.5],
  ['stamper', 1],
  ['rf', 2.5],
];
/** Hours at which what is expected still is; a severe sign may come at any. */
const earlyHours = [5, 10, 20, 30] as const;
const anyHours = [20, 40, 55, 70, 90, 110, 130, 170, 200] as const;

function levelOf(kinds: readonly Kind[]): Level {
  const found = levelOfKind.find(([kind]) => kinds.includes(kind));
  if (found === undefined) throw new Error(`no level for ${kinds.join(' and ')}`);
  return found[1];
}

function joined(
  parts: readonly string[],
  pick: (list: readonly string[]) => string,
  lang: 'en' | 'es',
): string {
  return parts.reduce((text, part) => `${text}${text.endsWith('?') ? ' ' : pick(joints[lang])}${part}`);
}

function textsOf(lang: 'en' | 'es', clauses: Clauses): Labelled[] {
  const random = sharesFrom(lang === 'en' ? 11 : 12);
  const pick = <Item>(list: readonly Item[]): Item => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error(`an empty list of ${lang}`);
    return item;
  };
  const made: Labelled[] = [];
  const add = (kinds: readonly Kind[], text: string): void => {
    const level = levelOf(kinds);
    const [device, needleDepthMm] = pick(tools);
    const hoursSinceTreatment = pick(level === 'self_care' ? earlyHours : anyHours);
    const id = `own-plain-${lang}-${made.length + 1}`;
    const optOut = kinds.includes('revoke');
    made.push({ id, lang, text, level, optOut, hoursSinceTreatment, device, needleDepthMm });
  };
  for (const kind of ['emergency', 'urgent'] as const) for (const text of clauses[kind]) add([kind], text);
  for (const [kinds, texts] of plans)
    for (let count = 0; count < texts; count += 1) {
      const order = random() < 0.5 ? kinds : kinds.toReversed();
      const text = joined(
        order.map((kind) => pick(clauses[kind])),
        pick,
        lang,
      );
      add(kinds, random() < 0.2 ? text.charAt(0).toUpperCase() + text.slice(1) : text);
    }
  return made;
}

/**
 * Plain short texts put together from hand-written clauses: a sign beside a denial, a question, an office
 * matter, a revocation. They count little (train.ts); the same ones each time.
 */
export function plainTexts(): Labelled[] {
  return (['en', 'es'] as const).flatMap((lang) => {
    const clauses: Clauses = JSON.parse(readFileSync(new URL(`plain/${lang}.json`, import.meta.url), 'utf8'));
    return textsOf(lang, clauses);
  });
}
