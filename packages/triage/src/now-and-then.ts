import type { Reading } from './read.ts';

const reach = 10;

/** The words after a place, with a comma where a phrase ends and a full stop where a clause ends. */
function lineAfter({ words }: Reading, last: number): string {
  let line = '';
  for (let at = last + 1; at <= last + reach; at += 1) {
    const word = words[at];
    const before = words[at - 1];
    if (word === undefined || before === undefined) break;
    if (word.clause !== before.clause) line += ' .';
    else if (word.phrase !== before.phrase) line += ' ,';
    line += ` ${word.word}`;
  }
  return `${line} .`;
}

const now = '(?:now|today|tonight|this time|ahora|ahorita|hoy|esta vez|ya)';
const many =
  '(?:plenty|lots|loads|some|one|many|everywhere|all over|much[ao]s|bastantes?|vari[ao]s|un monton|llena)';
const joint = '(?: [,.])?(?: (?:but|and|pero|y|then|until|hasta))?';
/** What was not there is there now: "didn't have hives before, do now", "a ella no, a mí sí". */
const restored = new RegExp(
  `^(?: (?!but|pero)[a-z]+){0,4}(?:${joint} (?:${now}|a mi|yo|me|mine) (?:i )?` +
    '(?:yes|yep|si|do|does|am|are|is|they are|it is|there is|have|tambien)' +
    '(?= [,.]| y | and | bien | muy | con )' +
    `|${joint} (?:${many} ${now}|${now} (?:hay |tengo )?${many})(?= [,.])` +
    '|(?: antes| before| in my life| en mi vida)? (?:until|till|before|antes de)' +
    '(?: [a-z0-9]+){1,4} (?:ago|today|yesterday|ayer)(?= [,.])' +
    '| hasta hace(?: [a-z0-9]+){1,3}(?= [,.])' +
    `|${joint} (?:i |it |they )?(?:do|does|did|am|are|is|have|has) ${now}(?= [,.])` +
    '|(?: [,.])? (?:until|till) (?:now|today|this morning|last night|yesterday)(?= [,.])' +
    '|(?: [,.])? hasta (?:anoche|ayer|esta manana)(?= [,.])' +
    '| (?:[,.] )?(?:but|pero) (?:i do|yo si)(?= [,.]))',
  'u',
);
const recent = '(?:today|now|just now|tonight|this morning|last night|hoy|ahora|ahorita|anoche|esta manana)';
/** What was long ago is back: "had a seizure as a kid and now another one", "de niña sí, hoy otra vez". */
const recurred = new RegExp(
  '^(?: (?!(?:no|not|never|nunca|none|without|sin|ni|jamas|[a-z]+nt) )[a-z0-9]+){0,6}' +
    `${joint} (?:i |it |me |its )?(?:(?:just|now) had (?:one|another)|happened again|acab[ao] de dar\\w*` +
    `|(?:again|another|another one|one more) ${recent}` +
    `|${recent} (?:otra vez|otr[ao]|de nuevo|again|another|another one|me volvio a pasar|me paso)` +
    `|(?:otra vez|otr[ao]|de nuevo) ${recent}|(?:me )?volvio a (?:pasar|dar)\\w*)` +
    `(?: ${recent})?(?= [,.])`,
  'u',
);
const then =
  '(?: (?:before|earlier|yesterday|last night|antes|ayer|anoche|this morning|(?:on|el|in|en) [a-z0-9]+|' +
  '(?:a|hace) [a-z]+ [a-z]+))?';
/** What was there no longer is: "had hives before, don't now", "ayer sí, hoy no"; no "ate nothing since". */
const ended = new RegExp(
  `^${then}(?:${joint} ${now} (?:no|not|i dont|its gone|theyre gone)(?= [,.])` +
    `|(?: [,.]|${joint}) (?:not|dont|doesnt|isnt|arent) (?:${now}|anymore)(?= [,.])` +
    `| [,.] (?:none|nothing|nada|ningun[ao]) (?:${now}|since|desde) [a-z ]*(?= [,.])` +
    '| never (?:came|come|returned))',
  'u',
);

/** Does the text say of what was denied that it is there now, or of the writer alone? */
export function isRestored(reading: Reading, last: number): boolean {
  return restored.test(lineAfter(reading, last));
}

/** Does it say of what is past that it is there now, or once more (not "it hasn't happened again")? */
export function isBack(reading: Reading, last: number): boolean {
  const line = lineAfter(reading, last);
  return restored.test(line) || recurred.test(line);
}

/** Does the text say of what was told that it is so no longer? */
export function endsByNow(reading: Reading, last: number): boolean {
  return ended.test(lineAfter(reading, last));
}
