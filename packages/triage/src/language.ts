import type { Reading } from './read.ts';
import { isKnown } from './typo.ts';

const english = new Set(
  (
    'the is my i im it its to of in on and you your can do does did have has had not no when how ' +
    'what this that was are but with for at so just me be or if from now still dont cant please ' +
    'thanks skin face red day'
  ).split(' '),
);
const spanish = new Set(
  (
    'el la los las un una de que y en mi me se te le lo con por para como pero muy mas ya es esta ' +
    'estoy tengo cuando puedo no si su sus al del hoy ayer cara piel roja gracias mensajes favor ' +
    'hola buenos dias quiero todo bien'
  ).split(' '),
);
const shared = new Set(['no', 'me', 'a', 'si', 'normal', 'color', 'mental']);
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
  const words = reading.words.filter((word) => word.kind === 'word');
  let en = 0;
  let es = 0;
  let known = 0;
  for (const word of words) {
    const isEnglish = english.has(word.word);
    const isSpanish = spanish.has(word.word);
    if (isEnglish && !shared.has(word.word)) en += 1;
    if ((isSpanish && !shared.has(word.word)) || (word.accented && isSpanish)) es += 1;
    if (isEnglish || isSpanish || isKnown(word.word)) known += 1;
  }
  if (en === 0 && es === 0 && words.length >= 4 && known < words.length / 4) return 'other';
  if (es > en) return 'es';
  if (en > es) return 'en';
  return /[ñáéíóú¿¡]/iu.test(reading.original)
    ? 'es'
    : en === 0 && es === 0 && spanishEndings(words)
      ? 'es'
      : 'en';
}

function spanishEndings(words: Reading['words']): boolean {
  const ending = /(?:ado|ada|ando|iendo|cion|illa|ita|ito|ar|alto|baja|ayuda|mas|ados|adas|ias|azon|cias)$/u;
  return (
    words.some((word) => ending.test(word.word)) &&
    !words.some((word) => /(?:ing|ed|tion|th)$/u.test(word.word))
  );
}
