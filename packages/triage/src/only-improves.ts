import type { Reading } from './read.ts';

/**
 * The whole grammar of a text that says that mild, expected signs get better, and nothing else ("swelling
 * goes down more each day", "cada día mejor"). A sign that is not named here, "worse" or "not" does not fit.
 */
const what =
  '(?:(?:the|my|el|la|los|las|mi|mis|all the) )?(?:redness|swelling|puffiness|tightness|itch|itching|' +
  'dryness|peeling|flaking|bruise|bruises|bruising|pinkness|soreness|rojo|rojez|enrojecimiento|hinchazon|' +
  'inflamacion|comezon|moretones|resequedad)';
const whole = '(?:(?:the|my|la|mi) )?(?:skin|face|cheeks?|everything|it|piel|cara|todo)';
const self = '(?:im|i am|i feel|me siento|me veo|voy|ando|estoy)';
const link =
  '(?:is|are|its|has been|keeps?|looks?|looking|feels?|feeling|gets?|getting|going|goes|went|' +
  'also|already|va|van|esta|estan|sigue|se ve|se siente|ya)';
const than =
  '(?: (?:than|que)(?: (?:yesterday|before|last night|this morning|ayer|antes|anoche|el \\w+dia))?)';
const mild = '(?:red|pink|swollen|puffy|tight|itchy|sore|dry|roj[oa]|hinchad[oa]|inflamad[oa])';
/** Of whoever writes or of the whole face only what cannot mean anything else: "I am fading" is no gain. */
const gain =
  '(?:better|improving|improves|healing|calming(?: down)?|clearing up|mejor|mejorando|mejora|' +
  `desinflamando|sanando|(?:less|menos) ${mild})${than}?`;
const lessens = '(?:down|fading|fades|subsiding|shrinking|bajando|disminuyendo|desapareciendo|less|menos)';
const much =
  '(?:more|even|much|a lot|a bit|a little|a little bit|so much|nicely|slowly|steadily|little by little|mas|' +
  'mucho|muchisimo|bastante|un poco|poco a poco|cada vez|and)';
const when =
  '(?:(?:each|every|cada|with each) (?:single )?(?:day|morning|hour|dia|manana|hora)|by the (?:day|hour)|' +
  'day by day|dia con dia|dia a dia|todos los dias|today|hoy|now|so far|this morning|esta manana)';
const greeting = '(?:hi|hello|hola|yes|si|thanks?|thank you|gracias|thank god|gracias a ?dios|yay|finally)';
const how = `(?:${link} )*(?:${much} )*(?:${link} )?`;
const subject = `(?:${what}|${whole}|${self})`;
const gained = `(?:(?:${subject} )?${how}${gain}|${what} ${how}${lessens}${than}?)`;
const news = `(?:${when} )?${gained}(?: (?:${much}|${when}))*`;
const item = `(?:${news}|${greeting})`;
/** "Mejor hoy" may be a wish for another appointment. */
const another = '(?!(?:si |hola |hoy )*mejor(?: hoy| esta manana| si| gracias)*$)';
const grammar = new RegExp(`^${another}(?:${item} )*${news}(?: ${item})*$`, 'u');

/** In words; a longer row of gains takes time to tell from another. */
const longest = 16;

/** Any other emoji, and every number, may tell something. */
const glad = /^[🙂😊😁😀😄👍👌🙏❤🥰😍✨🎉💕💖🙌👏😌☺🤗💗💛😃]/u;

/** Does a text tell of nothing but mild signs that get better? */
export function onlyImproves({ words, questions }: Reading): boolean {
  if (words.length === 0 || words.length > longest || questions.size > 0) return false;
  const said = words.filter(({ kind }) => kind === 'word');
  const others = words.filter(({ kind }) => kind !== 'word');
  if (words.some(({ repaired }) => repaired) || others.some(({ word }) => !glad.test(word))) return false;
  return grammar.test(said.map(({ word }) => word).join(' '));
}
