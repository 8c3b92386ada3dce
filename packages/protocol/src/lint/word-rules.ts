import { analyse } from '@aftercare/sms/encoding';

/** Words that a carrier or the FCC reads as a command: a text may name STOP and HELP in its frame, nowhere else. */
const RESERVED =
  /\b(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|opt ?out|start|unstop|yes|help|info)\b/iu;

const SOLICITATION =
  /\b(?:book(?:ing)?|review us|rate us|discount|offers?|sale|promo\w*|coupon|(?<!-)free|deal|buy|shop|oferta|descuento|gratis|compre|reserve)\b|[%$€£]/iu;

/** A text never tells a bystander what was done (product-rules 9). */
const TREATMENT =
  /\b(?:micro-?needl\w*|needl\w*|derma ?\w*roll\w*|rollers?|stampers?|derma ?pen|pens?|rf|radio-?frequen\w*|agujas?|microagujas|rodillo|laser|láser|botox|fillers?)\b/iu;

const DIAGNOSIS_OR_DRUG =
  /\b(?:ibuprofen\w*|advil|tylenol|acetaminophen|paracetamol|aspirin\w*|benzoyl|lidocaine?|antibiotic\w*|antibi[oó]tico\w*|steroids?|cortisone?|acyclovir|isotretinoin\w*|tretinoin\w*|herpes|cellulitis|celulitis|granuloma\w*|sepsis|dermatitis)\b/iu;

/** What is wrong with one sentence that may stand in a text, in words for whoever wrote it; empty when nothing is. */
export function sentenceFaults(sentence: string): string[] {
  const reserved = RESERVED.exec(sentence);
  return [
    ...characterFaults(sentence),
    ...patternFault(reserved?.[0], 'carries the reserved word'),
    ...patternFault(SOLICITATION.exec(sentence)?.[0], 'reads as a solicitation:'),
    ...patternFault(TREATMENT.exec(sentence)?.[0], 'names the treatment or device:'),
    ...patternFault(DIAGNOSIS_OR_DRUG.exec(sentence)?.[0], 'names a drug or a diagnosis:'),
  ];
}

/** Faults of the characters alone: encoding, double spaces, stray placeholders' braces are judged by the caller. */
export function characterFaults(text: string): string[] {
  const { offending } = analyse(text);
  const [first] = offending;
  return [
    ...(first === undefined ? [] : [`has "${first.character}" at ${first.index}, which is not GSM-7`]),
    ...(/ {2}/.test(text) ? ['has a double space'] : []),
    ...(/^ | $/.test(text) ? ['starts or ends with a space'] : []),
    ...(/ [.,:;!?](?!\d)/.test(text) ? ['has a space before a punctuation mark'] : []),
    ...(/\.\./.test(text) ? ['has a double full stop'] : []),
  ];
}

function patternFault(match: string | undefined, fault: string): string[] {
  return match === undefined ? [] : [`${fault} "${match}"`];
}
