/** What no patient text may say, whoever wrote it: ours by lint, a clinic's own line at intake. */

/** Words that a carrier or the FCC reads as a command; only the frame may name STOP and HELP. */
export const RESERVED_WORDS = anyWord(
  'stop|stopall|unsubscribe|cancel|end|quit|revoke|optout|opt out|start|unstop|yes|help|info',
);

/** Offers and calls to buy: one of them makes an aftercare text an advertisement. */
export const OFFER_WORDS = anyWord(
  'book|booking|offers?|discounts?|sale|deals?|promo\\w*|coupons?|vouchers?|(?<!-)free|buy|shop',
  'review us|rate us|gratis|ofertas?|descuentos?|rebajas?|compre|reserve',
);

/** What was done, and with what: a bystander must not read it (product-rules 9). */
export const TREATMENT_WORDS = anyWord(
  'micro-?needl\\w*|needl\\w*|derma ?\\w*roll\\w*|rollers?|stampers?|derma ?pen|skin ?pen|md ?pen|pens?|rf',
  'radio-?frequen\\w*|radiofrecuencia|morpheus\\w*|agujas?|microagujas?|rodillo|laser|láser|fillers?',
);

export const DRUG_WORDS = anyWord(
  'ibuprofen\\w*|advil|motrin|tylenol|acetaminophen|paracetamol|aspirin\\w*|naproxen\\w*|aleve|benadryl',
  'hydrocortisone|cortisone?|prednisone|steroids?|lidocaine?|acyclovir|aciclovir|valacyclovir|valtrex',
  'antibiotics?|antibi[oó]tico\\w*|amoxicillin|doxycycline|mupirocin|neosporin|bacitracin|antihistamine\\w*',
  'tretinoin\\w*|isotretinoin\\w*|accutane|roaccutane|benzoyl|hydroquinone|botox',
);

export const DIAGNOSIS_WORDS = anyWord('herpes|cellulitis|celulitis|granuloma\\w*|sepsis|dermatitis');

function anyWord(...alternatives: string[]): RegExp {
  return new RegExp(`\\b(?:${alternatives.join('|')})\\b`, 'iu');
}
