import type { Reading } from './read.ts';
import { listed, wordSet } from './word-set.ts';

const english = listed('english');
const spanish = listed('spanish');
const shared = wordSet('no me a si normal color mental');
const latin = /\p{Script=Latin}/u;
const letters = /\p{L}/gu;

const onlyAscii = /^\p{ASCII}*$/u;

/** Is most of it written in other letters than ours? */
function isForeign(text: string): boolean {
  const all = text.match(letters) ?? [];
  const foreign = all.filter((letter) => !latin.test(letter)).length;
  return all.length >= 4 && foreign > all.length / 2;
}

/**
 * The language a text is mostly written in; `other` = neither English nor Spanish, so a human reads it
 * (product-rules 10). Texts without words count as English: the clinic's default decides upstream.
 */
export function languageOf(reading: Reading): 'en' | 'es' | 'other' {
  if (!onlyAscii.test(reading.original) && isForeign(reading.original)) return 'other';
  let en = 0;
  let es = 0;
  let known = 0;
  let count = 0;
  for (const [index, { word, kind, accented }] of reading.words.entries()) {
    if (kind !== 'word') continue;
    count += 1;
    const isEnglish = english.has(word);
    const isSpanish = spanish.has(word);
    const isShared = (isEnglish || isSpanish) && shared.has(word);
    if (isEnglish && !isShared) en += 1;
    if (isSpanish && (!isShared || accented)) es += 1;
    if (isEnglish || isSpanish || reading.cells[index]?.known.known === true) known += 1;
  }
  if (en === 0 && es === 0 && count >= 4 && known < count / 4) return 'other';
  if (es > en) return 'es';
  if (en > es) return 'en';
  return /[ñáéíóú¿¡]/iu.test(reading.original)
    ? 'es'
    : en === 0 && es === 0 && spanishEndings(reading.words)
      ? 'es'
      : 'en';
}

function spanishEndings(words: Reading['words']): boolean {
  const ending = /(?:ado|ada|ando|iendo|cion|illa|ita|ito|ar|alto|baja|ayuda|mas|ados|adas|ias|azon|cias)$/u;
  const some = (wanted: RegExp): boolean =>
    words.some((word) => word.kind === 'word' && wanted.test(word.word));
  return some(ending) && !some(/(?:ing|ed|tion|th)$/u);
}
