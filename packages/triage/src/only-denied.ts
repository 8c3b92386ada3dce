import { bodyCelsius, raisedFromCelsius } from './body-heat.ts';
import type { Reading } from './read.ts';

/**
 * The whole grammar of a text that says of signs that they are not there, and nothing else. It is narrow on
 * purpose: what does not fit it word by word is read like any other text.
 */
const sign =
  '(?:fevers?|temps?|temperatures?|chills|pus|discharge|oozing|redness|swelling|pain|' +
  'bleeding|blood|' +
  'blisters?|rash|hives|itch|itching|burning|heat|spreading|bumps|smell|' +
  'fiebre|calentura|temperatura|escalofrios|dolor|hinchazon|comezon|' +
  'picazon|ampollas|' +
  'ronchas|sangre|mal olor)';
const which = '(?: any| a| an| the| un| una| ningun| ninguna| de| nada de| signs? of)*';
const denial =
  '(?:(?:i |we |she |he |yo )?(?:dont have|doesnt have|havent had|hasnt had|have no|has no|' +
  'had no|never had)|' +
  '(?:yo )?no (?:tengo|tiene|hay|he tenido|ha tenido)|nunca (?:tuve|tuvo)|theres no|' +
  'there is no|no|sin|ni|' +
  'without|zero|cero)';
const or = '(?: ,)? (?:or|nor|ni|o|u)';
/** "no fever or pus", "no fever, pus or chills"; a bare "no fever, hives" is none: the hives may be there. */
const list = `${denial}${which} ${sign}(?:${or}${which} ${sign}|(?: , ${sign})+${or} ${sign})*`;
const no = '(?:no|none|nope|zero|cero|ninguna|nada|negative)';
const answer = `${sign} (?:(?:\\? )?${no}|, no(?= \\.|$))`;
const took = '(?:(?:i |we )?(?:took|checked|me tome|le tome|tome)(?: her| his| my| the| su| mi| la)* )?';
const thermometer = '(?:temp|temperature|temperatura|thermometer|termometro)';
const shows = '(?: is| was| at| says| reads| normal| es| de| esta en| marca| dice| ,)*';
const reading = `(?:${took}${thermometer}${shows} )?#normal`;
const wellBeing =
  '(?:(?:i am|im|estoy|me siento|its|all|todo|everything is|feeling|doing)(?: all| muy)? )?' +
  '(?:good|fine|ok|okay|great|well|bien|normal|perfecto)';
const greeting = '(?:hi|hello|hey|hola|thanks|thank you|gracias)';
const when =
  '(?: at all| yet| so far| today| now| here| either| hoy| hasta ahora| por ahora| tampoco|' +
  ' thanks| gracias)*';
const item = `(?:(?:${list}|${answer}|${reading}|${wellBeing})${when}|${greeting})`;
const whole = new RegExp(`^${item}(?: (?:[.,]|and|y))?(?: ${item}(?: (?:[.,]|and|y))?)*$`, 'u');
const tellsOfSign = new RegExp(`${sign}|#normal`, 'u');

/** Below, a thermometer is broken or held wrongly, or somebody is very cold. */
const normalFromCelsius = 35.5;

/** A reading that is nobody's concern. */
function isNormal(value: number): boolean {
  const celsius = bodyCelsius(value);
  return celsius !== undefined && celsius >= normalFromCelsius && celsius < raisedFromCelsius;
}

/** The words with their commas and full stops; numbers as normal temperatures or as what they are. */
function inOneLine({ words, questions }: Reading): string {
  let line = '';
  for (const [at, { word, value, clause, phrase, repaired }] of words.entries()) {
    const before = words[at - 1];
    if (before !== undefined && before.clause !== clause) line += questions.has(before.clause) ? ' ?' : ' .';
    else if (before !== undefined && before.phrase !== phrase) line += ' ,';
    const known = repaired ? '#repaired' : word;
    line += ` ${value !== undefined && isNormal(value) ? '#normal' : known}`;
  }
  const last = words.at(-1);
  return (last !== undefined && questions.has(last.clause) ? `${line} ?` : line).trim();
}

const longest = 40;

/**
 * Does a text say of signs that they are not there, and nothing else ("no temp, no pus", "took her temp,
 * 36.9")?
 */
export function onlyDenies(reading: Reading): boolean {
  if (reading.words.length === 0 || reading.words.length > longest) return false;
  const line = inOneLine(reading);
  return tellsOfSign.test(line) && whole.test(line);
}
