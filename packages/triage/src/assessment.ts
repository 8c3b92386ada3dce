/** The nine levels of the list plus `unclear`; from most to least urgent by `severityOf`. */
export const levels = [
  'emergency',
  'urgent',
  'review',
  'self_care',
  'question',
  'opt_out',
  'opt_in',
  'help',
  'admin',
  'unclear',
] as const;

export type Level = (typeof levels)[number];

export type Device = 'roller' | 'stamper' | 'pen' | 'rf';

/** Which family of reply the conversation package answers with (product-rules 3 and 5). */
export type ReplySituation =
  | 'emergency'
  | 'self_harm'
  | 'eye_substance'
  | 'bleeding'
  | 'urgent'
  | 'urgent_er_now'
  | 'review'
  | 'self_care'
  | 'question'
  | 'booking'
  | 'billing'
  | 'complaint'
  | 'photo'
  | 'wrong_number'
  | 'staff'
  | 'opt_out'
  | 'opt_in'
  | 'help'
  | 'other_language'
  | 'unclear'
  | 'thanks';

/** The question of the day's text that is still alive (48 h, product-rules 4). */
export type PendingQuestion = { questionId: string; options?: readonly string[] };

/** One earlier text of the same patient, newest last. */
export type EarlierText = { text: string; level: Level; hoursAgo: number };

/**
 * What a text is read with. `hoursSinceTreatment` is the real time since the session ended (null = unknown);
 * `needleDepthMm` may be a number, a list (the deepest counts) or null; `flags` are the intake's
 * (`bloodThinner`, `immuneSuppressed`, `diabetes`, …); `media` is the number of pictures that came along.
 */
export type AssessInput = {
  text: string;
  hoursSinceTreatment: number | null;
  device: Device | null;
  needleDepthMm: number | readonly number[] | null;
  areas?: readonly string[];
  flags?: readonly string[];
  pending?: PendingQuestion;
  earlier?: readonly EarlierText[];
  media?: number;
};

/** One reason for the level: the rule's id and the words of the text, as UTF-16 offsets `[start, end)`. */
export type Evidence = { rule: string; words: string; start: number; end: number };

/** What a text means; every field is a function of the input alone. */
export type Assessment = {
  level: Level;
  optOut: boolean;
  language: 'en' | 'es' | 'other';
  concepts: string[];
  negated: string[];
  evidence: Evidence[];
  situation: ReplySituation;
  questionItem?: string;
  digit?: 1 | 2 | 3;
  severeWordSeen: boolean;
  /** A phone's note that somebody liked or saw a text of ours: nothing is said (reaction.ts). */
  reaction: boolean;
  /** An answering machine's text (product-rules 6); its level is admin. */
  autoResponder: boolean;
};

/** Order of the first five levels: a higher number is more urgent; administrative levels are 0. */
export function severityOf(level: Level): number {
  switch (level) {
    case 'emergency':
      return 4;
    case 'urgent':
      return 3;
    case 'review':
      return 2;
    case 'self_care':
      return 1;
    case 'question':
    case 'opt_out':
    case 'opt_in':
    case 'help':
    case 'admin':
    case 'unclear':
      return 0;
  }
}

/** Is this the clinic today, or 911 (issue 4)? No level is none of them. */
export const isSevere = (level: Level | undefined): boolean => level === 'emergency' || level === 'urgent';
