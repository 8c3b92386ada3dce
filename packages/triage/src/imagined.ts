import type { Match } from './pattern.ts';
import { has, type Reading, wordAt, wordsFrom } from './read.ts';
import { trait } from './traits.ts';
import { listed, wordSet } from './word-set.ts';
import type { Word } from './words.ts';

const voidIfBefore = wordSet('as even sure se c wondering idk see como ask asking worried anxious tell know');
const voidIfAfter = listed('voidIfAfter');

const consequences = listed('consequences');

/** A text that begins with "si" and draws no consequence says yes ("si me falta aire y la cara hinchada"). */
function answersYes(reading: Reading, at: number): boolean {
  if (at !== 0 || reading.original.includes('?')) return false;
  return !reading.words.some((word) => consequences.has(word.word));
}

/** Stated of oneself after "if": "what should I do if my tongue is swelling" asks about a real one. */
const statedAfterIf = new RegExp(
  '^(?:my (?:\\w+ ){1,3}(?:is|are|feels?|wont|keeps?)|i cant|i cannot|' +
    '(?:the |my )?(?:fever|temp|temperature) is) ',
  'u',
);
/**
 * What has happened or goes on, whatever is asked of it: "is it bad if I fainted", "qué hago si ya me salió
 * pus". Of `onlyThought` and what `foretells` nothing is told: "would you refund me if I fainted".
 */
const happened = new RegExp(
  '^(?:i (?:fainted|passed out|threw up|vomited|blacked out|collapsed|swallowed|lost (?:consc|my)|' +
    'got (?:pok|stuck|prick))|i have been |' +
    '(?:i already|i just|i keep|i still|ive(?! (?:ever |once )?had )|im|its been(?! \\d)|shes|hes) |' +
    'ya |(?:yo )?(?:me )?(?:acabe|tuve|vomite|desmaye|desperte|amaneci|llevo|estoy) |' +
    '(?:hoy |ya )?(?:me|se me) (?:dio|salio|salieron|paso|desmaye|hincho|cerro|inflamo|durmio|abrio) )',
  'u',
);
const onlyThought = /^(?:would|could|might|ever|next|podria|seria|algun|alguna|proxima|proximo)$/u;
/** "Les aviso si", "I only need to call if", "when do I worry, if": what may come. */
const foretells =
  /^(?:aviso|avisare|avisenme|llamo|llame|know|tell|only|when|cuando|who|says|said|sheet|checking)$/u;
const lately = /^(?:yesterday|earlier|ago)$/u;
/** "Is it ok to sleep if I have chest pain": who asks what to do this very night asks of what is there. */
const decidesNow = /^(?:alone|drive|sleep|bed|esperar|sola|solo|manejar|dormir)$/u;

function isToldAfterIf(reading: Reading, at: number): boolean {
  const { words } = reading;
  const isBeside = (word: Word): boolean => word.clause === words[at]?.clause;
  const clause = words.filter(isBeside);
  const before = words.slice(0, at).filter(isBeside);
  if (clause.some(({ word }) => onlyThought.test(word)) || before.at(-1)?.word === 'what') return false;
  if (before.some(({ word }) => foretells.test(word))) return false;
  const from = `${wordsFrom(reading, at + 1, 4)} `;
  if (happened.test(from)) return true;
  const isPast = /^i (?!get|have|faint |feel |start|see )/u.test(from);
  if (isPast && clause.some(({ word }) => lately.test(word))) return true;
  return /^(?:i have|i got|tengo|traigo) /u.test(from) && clause.some(({ word }) => decidesNow.test(word));
}

/** "What do I do about the pus": it is there. */
const asksWhatToDo = /^what (?:do|should|can) (?:i|we|u) do (?:about|with|for|abt|now)\b/u;
/** "Text me if you can, throat closing", "por si sirve, tengo pus", "would someone call me". */
const politeIf = /^if (?:you|u|anyone|someone) (?:can|could|are there|have a)|^si (?:puede|pueden|sirve) /u;
const politeWould = /^would (?:someone|somebody|anyone|love|like|appreciate)\b/u;

function imaginedAt(reading: Reading, at: number): boolean {
  const word = reading.words[at];
  if (word === undefined || !has(reading.cells[at], trait.hypo)) return false;
  const before = wordAt(reading, at - 1);
  const after = wordAt(reading, at + 1);
  // "no signs of infection, throat closing"
  const ruledOut = /^(?:signs|senales|sintomas|risk|riesgo|chance)$/u.test(word.word);
  if (ruledOut && has(reading.cells[at - 1], trait.not)) return false;
  if (word.word === 'si' && (word.accented || answersYes(reading, at))) return false;
  if (word.word === 'if' && (voidIfBefore.has(before) || voidIfAfter.has(after))) return false;
  if (word.word === 'si' && (voidIfBefore.has(before) || voidIfAfter.has(wordAt(reading, at + 2))))
    return false;
  if (word.word === 'would' && after === 'have') return false;
  if (word.word === 'if' && wordAt(reading, at + 2) === 'touch') return false;
  const from = wordsFrom(reading, at, 7);
  if (word.word === 'if' && statedAfterIf.test(from.slice('if '.length))) return false;
  if (/^(?:if|si)$/u.test(word.word) && isToldAfterIf(reading, at)) return false;
  if (asksWhatToDo.test(from)) return false;
  // "What do I do if she's not breathing": the "if" tells which it is.
  const condition = reading.words.findIndex(
    (later, place) => place > at && later.clause === word.clause && /^(?:if|si)$/u.test(later.word),
  );
  if (condition > at && isToldAfterIf(reading, condition)) return false;
  return !politeIf.test(from) && !politeWould.test(from);
}

/** "What if my tongue swells? That's what I have": the question is about what is there. */
const isTheCase = new RegExp(
  '\\b(?:(?:just|is|its) happen(?:ed|ing)(?: now| right now| already)?$|happen(?:ed|ing) to me|' +
    'what (?:i have|i got|im having)|(?<!\\w{3} )(?:thats|that is|this is) me$|' +
    'mine (?:did|does|keeps|wont|hasnt (?:stopped|let))(?! not)|i just had one|not a friend|im covered in|' +
    'i already (?:do|did|have (?:it|one|that))\\b|i do have (?:it|one|that|them)|' +
    'acaba de pasar|(?:esta|estan) pasando|asi (?:estoy|amaneci|ando)\\b|es (?:lo que tengo|mi caso)|' +
    'porque yo si|es que (?:ya )?(?:me (?:salio|dio|paso|esta)|(?:lo|la|los|las|asi) (?:tengo|estoy))\\b)',
  'u',
);

function confirmed(reading: Reading, from: number): boolean {
  const said = reading.words.slice(from + 1).filter(({ clause }) => !reading.questions.has(clause));
  if (isTheCase.test(said.map(({ word }) => word).join(' '))) return true;
  return reading.words.some(
    (word, at) =>
      at > from &&
      (/^(?:yes|yep|yeah|since|desde|started|empezo|hace)$/u.test(word.word) ||
        (word.word === 'that' && wordAt(reading, at + 1) === 'case')),
  );
}

/** Does a text only imagine a sign ("what if", "si me da fiebre"), and not tell later that it is there? */
export function isImagined(reading: Reading, match: Match): boolean {
  const clause = reading.words[match.first]?.clause;
  for (let at = match.first; at >= 0; at -= 1) {
    if (reading.words[at]?.clause !== clause) return false;
    if (imaginedAt(reading, at)) return !confirmed(reading, match.last);
    const before = reading.words[at]?.word;
    if (at < match.first && (before === 'but' || before === 'pero')) return false;
  }
  return false;
}
