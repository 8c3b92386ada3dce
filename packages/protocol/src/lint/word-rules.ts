import { analyse } from '@aftercare/sms/encoding';
import {
  DIAGNOSIS_WORDS,
  DRUG_WORDS,
  OFFER_WORDS,
  RESERVED_WORDS,
  TREATMENT_WORDS,
} from '../forbidden-words.ts';

/** What is wrong with one sentence of a text, in words for whoever wrote it; empty when nothing is. */
export function sentenceFaults(sentence: string): string[] {
  const offer = OFFER_WORDS.exec(sentence) ?? /[%$€£]/.exec(sentence);
  const medical = DRUG_WORDS.exec(sentence) ?? DIAGNOSIS_WORDS.exec(sentence);
  return [
    ...characterFaults(sentence),
    ...wordFault(RESERVED_WORDS.exec(sentence), 'carries the reserved word'),
    ...wordFault(offer, 'reads as a solicitation:'),
    ...wordFault(TREATMENT_WORDS.exec(sentence), 'names the treatment or device:'),
    ...wordFault(medical, 'names a drug or a diagnosis:'),
  ];
}

/** Faults of the characters alone: encoding, blanks, punctuation. Placeholders are judged by the caller. */
export function characterFaults(text: string): string[] {
  const [first] = analyse(text).offending;
  return [
    ...(first === undefined ? [] : [`has "${first.character}" at ${first.index}, which is not GSM-7`]),
    ...(/ {2}/.test(text) ? ['has a double space'] : []),
    ...(/^ | $/.test(text) ? ['starts or ends with a space'] : []),
    ...(/ [.,:;!?](?!\d)/.test(text) ? ['has a space before a punctuation mark'] : []),
    ...(/\.\./.test(text) ? ['has a double full stop'] : []),
  ];
}

function wordFault(match: RegExpExecArray | null, fault: string): string[] {
  return match === null ? [] : [`${fault} "${match[0]}"`];
}
