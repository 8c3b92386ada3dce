import { healingCalendar } from '@aftercare/local/console/healing-calendar';
import { answerQuestion } from '@aftercare/protocol/answers';
import { CLASS_IDS, type ClassId } from '@aftercare/protocol/classes';
import { composeConfirmation, composeReminder } from '@aftercare/protocol/compose';
import { PHONE, REFERENCE_NAME, sampleSession } from '@aftercare/protocol/lint/cases';
import type { ProtocolContent } from '@aftercare/protocol/lint/content';
import type { CareSession } from '@aftercare/protocol/session';
import { analyse } from '@aftercare/sms/encoding';
import { addHours, hoursBetween, type Instant } from '@aftercare/time/instant';
import { addDays } from '@aftercare/time/local-date';
import { instantAt, localDateOf } from '@aftercare/time/zone';
import { BODY_ITEMS, calendarSvg, HAIR_ITEMS } from './calendar-svg.ts';
import { element, escaped, page, table } from './html.ts';

const LANGUAGES = ['en', 'es'] as const;
const CONTACT = { clinicName: REFERENCE_NAME, phone: PHONE };
const END_TIME = '13:00';
const TEXT_TIME = '10:00';

const CLASS_TITLES: Readonly<Record<ClassId, string>> = {
  N03: 'N03: needles of 0.3 mm or less',
  N07: 'N07: over 0.3 up to 0.75 mm',
  N10: 'N10: over 0.75 up to 1.0 mm',
  N15: 'N15: over 1.0 mm, or depth unknown',
  RF: 'RF: radiofrequency, device unknown, or combined treatments',
};

export const ARTICLES: Readonly<Record<string, string>> = {
  '000': 'LuxeLuminous, dead skin',
  '001': 'ALASTIN, aftercare tips',
  '002': 'MDPen, products after',
};

/** Rows that only matter for hair or body, and would crowd a face's calendar. */
const NOT_FACE = [...HAIR_ITEMS, ...BODY_ITEMS];

const CHAPTERS = [
  ['changes', 'Skin and area'],
  ['timeline', 'Allowed from'],
  ['answers', 'Answers'],
  ['settled', 'Settled'],
];

const SIGNATURES = [
  'Name and licence',
  'Date',
  'English wording approved (signature)',
  'Spanish wording approved (signature)',
];

const INTRODUCTION = `Four texts go to a patient on days 1, 3, 7 and 14 after a session, and answers
when the patient asks. Everything here comes from three consumer articles, settled to the careful side;
none of them is a clinical guideline. Nothing reaches a patient before a licensed clinician has signed
it. Small blue marks name the facts behind a sentence: F from the articles, X and A from outside them.
Dates are those of a session that ended on 21 November 2026 at 1:00 PM, with texts at 10:00 AM.`;

const CHANGES = `These lines join the advice of the day. When room is short, what is normal goes first, then
advice, then bans; both languages always say the same. Sensitive and pigment-prone
skin wait as long as the next deeper class for products, acids, scrubs and masks; neck and pigment-prone
skin hear about the sun first on every day.`;

/**
 * One page that a clinician prints, reads and signs: every text, every calendar, every decision behind them.
 */
export function matrixPage(content: ProtocolContent, checksum: string): string {
  const { release } = content;
  const title = `Aftercare protocol ${release.id} v${release.version}`;
  const body = [
    opening(content, title, checksum),
    ...CLASS_IDS.map((classId) => classSection(content, classId)),
    modifiersSection(content),
    timelineSection(content),
    answersSection(content),
    conflictsSection(content),
  ];
  return page(`${title}, for review`, body.join('\n'));
}

function opening(content: ProtocolContent, title: string, checksum: string): string {
  const confirmation = LANGUAGES.map((language) => {
    const { body, segments } = composeConfirmation({ language, ...CONTACT, release: content.release });
    return bubble('sms one', escaped(body), countWords(body, segments));
  });
  const chapters = [...CLASS_IDS.map((id) => [id, id]), ...CHAPTERS];
  const links = chapters.map(([id = '', words = '']) => element('a', { href: `#${id}` }, words));
  const seal = `Content seal: ${checksum.slice(0, 16)}. A signature holds for exactly this content.`;
  return [
    element('h1', {}, title),
    element('div', { class: 'draft' }, 'DRAFT — for a clinician to sign'),
    element('p', {}, INTRODUCTION),
    element('p', { class: 'soft' }, seal),
    element('nav', {}, links.join('')),
    element('div', { class: 'sign' }, SIGNATURES.map((words) => element('div', {}, words)).join('')),
    element('h3', {}, 'To decide before signing'),
    element('ol', {}, content.decisions.map((words) => element('li', {}, escaped(words))).join('')),
    element('h3', {}, 'Confirmation on the day of the session'),
    ...confirmation,
  ].join('\n');
}

function classSection(content: ProtocolContent, classId: ClassId): string {
  const { release } = content;
  const session = sampleSession(classId, END_TIME);
  const calendar = healingCalendar({ release, session, language: 'en', style: 'standard', ...CONTACT });
  const textHours = release.days.map((day) => hoursBetween(session.endedAt, textAt(session, day)));
  const used = new Set<string>();
  const rows = release.days.map((day) => [
    `Day ${day}`,
    ...LANGUAGES.map((language) => {
      const request = { release, session, day, now: textAt(session, day), language, ...CONTACT };
      const standard = composeReminder({ ...request, style: 'standard' });
      const concise = composeReminder({ ...request, style: 'concise' });
      for (const id of [...standard.facts, ...concise.facts]) used.add(id);
      return [textBubble(standard, 'sms'), textBubble(concise, 'sms one')].join('\n');
    }),
  ]);
  return [
    `<h2 id="${classId}">${escaped(CLASS_TITLES[classId])}</h2>`,
    calendarSvg(calendar, textHours, NOT_FACE, `Healing calendar of class ${classId}`).svg,
    table('texts', ['', 'English: standard, then concise', 'Spanish: standard, then concise'], rows),
    '<h3>Behind the lines</h3>',
    factsTable(content, [...used].sort()),
  ].join('\n');
}

function textAt(session: CareSession, day: number): Instant {
  const on = addDays(localDateOf(session.endedAt, session.timeZone), day);
  return instantAt(on, TEXT_TIME, session.timeZone);
}

function textBubble(text: ReturnType<typeof composeReminder>, className: string): string {
  const lines = text.lines.map(({ text: words, facts }) => {
    const ids = facts.map((id) => element('span', {}, id)).join(' ');
    const marks = ids === '' ? '' : element('sup', {}, ids);
    return element('span', { class: 'line' }, escaped(words) + marks);
  });
  const dropped = text.dropped.length === 0 ? '' : `, no room for ${text.dropped.join(', ')}`;
  return bubble(className, lines.join(' '), countWords(text.body, text.segments) + dropped);
}

function bubble(className: string, words: string, count: string): string {
  const phone = element('span', { class: 'nowrap' }, PHONE);
  const whole = element('p', { class: className }, words.replaceAll(PHONE, phone));
  return whole + element('p', { class: 'count' }, count);
}

function countWords(body: string, segments: number): string {
  return `${analyse(body).units} characters, ${segments} segment${segments === 1 ? '' : 's'}`;
}

function factsTable(content: ProtocolContent, ids: readonly string[]): string {
  const rows = ids.map((id) => {
    const fact = content.facts[id];
    if (fact === undefined)
      return [id, escaped(content.lines[id]?.statement ?? ''), 'outside the articles', ''];
    return [id, escaped(fact.statement), articleNames(fact.article), fact.confidence];
  });
  return table('facts', ['Id', 'Fact', 'Article', 'Confidence'], rows);
}

/** The articles of a record such as `000+001`, by name. */
export function articleNames(article: string): string {
  return article
    .split('+')
    .map((id) => `${id} ${ARTICLES[id] ?? ''}`.trim())
    .join('; ');
}

function modifiersSection({ release }: ProtocolContent): string {
  const { modifiers } = release;
  const rules: [string, Readonly<Record<string, readonly string[]>>][] = [
    ...Object.entries(modifiers.skin).map(([skin, rule]): [string, typeof rule.add] => [
      `${skin} skin`,
      rule.add,
    ]),
    ...Object.entries(modifiers.areas).map(([area, rule]): [string, typeof rule.add] => [area, rule.add]),
    ['at home', modifiers.home.add],
    ['combined treatments', modifiers.combined.add],
  ];
  const rows = rules.flatMap(([who, add]) =>
    Object.entries(add)
      .filter(([day]) => release.days.includes(Number(day)))
      .flatMap(([day, ids]) =>
        ids.map((id) => [
          who,
          `day ${day}`,
          ...LANGUAGES.map((language) => wordsOf(release, id, language)),
          id,
        ]),
      ),
  );
  const head = ['Who', 'When', 'English', 'Spanish', 'Fact'];
  return chapter('changes', 'What skin type, area and setting change', CHANGES, table('', head, rows));
}

function wordsOf(release: ProtocolContent['release'], id: string, language: 'en' | 'es'): string {
  const line = release.matrix.lines[id];
  const { phrases, nouns, grammar } = release.texts[language];
  if (line === undefined) return '';
  const until = '<i>date</i>';
  const ban = line.waiting === 'ban' ? grammar.ban : (phrases[line.waiting ?? ''] ?? '');
  const items = line.items.map((item) => nouns[item] ?? item).join(grammar.comma);
  const waiting = escaped(ban)
    .replace('{items}', items)
    .replace('{until}', grammar.until.replace('{date}', until));
  const open = escaped(phrases[line.open ?? ''] ?? '');
  return [waiting, open].filter((words) => words !== '').join('<br>');
}

function timelineSection({ release }: ProtocolContent): string {
  const rows = Object.entries(release.timeline).map(([item, row]) => [
    escaped(release.texts.en.nouns[item] ?? item),
    ...CLASS_IDS.map((classId) => waitWords(row.from[classId])),
    row.stricterColumn ? 'yes' : '',
    [...row.facts, ...row.conflicts].join(' '),
  ]);
  const head = ['Allowed from', ...CLASS_IDS, 'Sensitive waits longer', 'Facts'];
  const intro = 'Counted in full hours from the end of the session; on the last day the text says "today".';
  return chapter('timeline', 'What is allowed from when', intro, table('', head, rows));
}

function waitWords(wait: { hours: number | null; clinic: boolean }): string {
  if (wait.hours === null) return wait.clinic ? 'clinic' : 'not during the course';
  const length = wait.hours < 72 ? `${wait.hours} h` : `${wait.hours / 24} d`;
  return wait.clinic ? `${length}, then ask` : length;
}

function answersSection(content: ProtocolContent): string {
  const session = sampleSession('N10', END_TIME);
  const now = addHours(session.endedAt, 21);
  const { release } = content;
  const rows = Object.entries(release.answers.items).map(([item, { facts }]) => [
    item.replaceAll('_', ' '),
    ...LANGUAGES.map((language) =>
      escaped(answerQuestion({ release, item, session, now, language, ...CONTACT }).body),
    ),
    facts.join(' '),
  ]);
  const intro = 'As a patient of class N10 would read them on day 1.';
  const head = ['Question', 'English', 'Spanish', 'Facts'];
  return chapter('answers', 'Answers to questions', intro, table('', head, rows));
}

function conflictsSection({ conflicts }: ProtocolContent): string {
  const rows = Object.entries(conflicts).map(([id, conflict]) => [
    id,
    escaped(conflict.topic),
    escaped(conflict.resolution),
    escaped(conflict.reason),
  ]);
  const head = ['', 'Topic', 'Settled as', 'Why'];
  const intro = 'The longer wait, the gentler product, the earlier call; a number before a vague word.';
  return chapter('settled', 'Where the articles disagree', intro, table('wrap', head, rows));
}

function chapter(id: string, title: string, intro: string, content: string): string {
  return [element('h2', { id }, title), element('p', {}, intro), content].join('\n');
}
