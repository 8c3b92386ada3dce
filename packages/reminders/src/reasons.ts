/** Why a proactive text did not go. Closed: a new reason needs its sentence. */
export type SkipReason = keyof typeof sentences;

const sentences = {
  already_sent:
    'Not sent again: this text already went out, or was on its way, before the session was changed.',
  all_paused: 'Not sent: all sending was paused by the operator until this text came too late.',
  cancelled: 'Not sent: the session was cancelled.',
  cap_date: 'Not sent: this patient already had a text that day, and one a day is the limit.',
  cap_week: 'Not sent: this patient already had three texts within seven days, and that is the limit.',
  carrier_refused: 'Not sent: the phone carrier refused it. See the error beside it.',
  clinic_paused: 'Not sent: your texts were paused until this one came too late.',
  confirmation_off: 'Not sent: your clinic has switched the confirmation off.',
  erased: "Not sent: the patient's data was erased.",
  monthly_cap: "Not sent: your clinic's monthly limit of texts is used up.",
  never_left: 'Not sent: the carrier has no record of it, and it was too late to send it again.',
  no_consent: 'Not sent: there is no consent to texts for this number.',
  number_not_allowed: 'Not sent: this system is in a trial and may text listed numbers only.',
  number_unreachable:
    'Not sent: earlier texts showed that this number cannot receive any. Please call the patient.',
  opted_out: 'Not sent: the patient has asked for no more texts.',
  outcome_unknown:
    'It is not known whether this text went out: the carrier never answered. It is not repeated.',
  protocol_not_approved:
    'Not sent: nobody has signed the aftercare content for your clinic in this language yet.',
  shared_number: 'Not sent by itself: another patient with this number got the one text of that day.',
  superseded: 'Not sent: a newer session or a change of this one replaced it.',
  window_over: 'Not sent: the hours in which this text may go were over.',
  wrong_number:
    'Not sent: the person at this number says it is not the patient. Please ask for the right number.',
} as const;

/** One sentence that a receptionist understands; shown in the session's timeline. */
export function reasonText(reason: SkipReason, language: 'en'): string {
  switch (language) {
    case 'en':
      return sentences[reason];
  }
}

/** Whether a stored word is one of ours: rows written by a newer release may hold others. */
export function isSkipReason(text: string): text is SkipReason {
  return Object.hasOwn(sentences, text);
}
