import type { Instant } from '@aftercare/time/instant';
import type { Assessment, Level } from '@aftercare/triage/assessment';
import type { Language, TemplateId } from './templates.ts';

/** Why a text gets no automatic reply (design 7.5: one reply, or none by a recorded rule). */
export type NoReplyReason =
  | 'carrier_answers'
  | 'not_a_phone'
  | 'opted_out'
  | 'carrier_opt_out'
  | 'blocked'
  | 'auto_responder'
  | 'reaction'
  | 'loop_cap'
  | 'same_text_again'
  | 'same_severe_reply_within_10_minutes'
  | 'later_text_waiting';

/** One automatic text. `counts`: against the loop caps; `deferUntil`: too late for now, the next window. */
export type ReplyDraft = {
  readonly kind: 'reply' | 'opt_out';
  readonly templateId: TemplateId | 'answer';
  readonly body: string;
  readonly facts: readonly string[];
  readonly severe: boolean;
  readonly counts: boolean;
  readonly deferUntil?: Instant;
};

/** A question the reply asks; the next bare digit or letter answers it. */
export type QuestionDraft = {
  readonly questionId: 'feel' | 'trend' | 'severe_check' | 'which_patient';
  readonly severeWord: boolean;
  readonly options?: readonly string[];
};

export type TaskKind =
  | 'review'
  | 'unclear'
  | 'question_unanswered'
  | 'admin'
  | 'complaint'
  | 'photo'
  | 'notice';

/** One line of the work list (product-rules 6). `text` is for staff: no symptom words, no phone. */
export type TaskDraft = {
  readonly kind: TaskKind;
  readonly role: 'clinical' | 'front_desk' | 'manager';
  /** 1 is read first. */
  readonly priority: 1 | 2 | 3;
  readonly dueAt: Instant;
  readonly text: string;
};

/** Somebody must be paged. Which alert it joins, and who is paged when, is decided in packages/alerts. */
export type AlertDraft = {
  readonly level: 'emergency' | 'urgent';
  /** Bleeding is urgent on the emergency's rung times (product-rules 2). */
  readonly pace: 'emergency' | 'urgent';
  /** Signs of infection page at night even under `emergencyAndInfection`. */
  readonly infection: boolean;
  readonly noReplyReason?: NoReplyReason;
};

/** Everything that follows from one text, as plain values; the use case writes it in one transaction. */
export type Decision = {
  readonly level: Level;
  readonly assessment: Assessment;
  readonly language: Language;
  readonly patientId?: string;
  /** On a shared phone: everybody it could be about, when that is more than one. */
  readonly candidateIds?: readonly string[];
  readonly sessionKey?: string;
  readonly locationId: string;
  readonly reply?: ReplyDraft;
  readonly noReplyReason?: NoReplyReason;
  readonly question?: QuestionDraft;
  /** The question that was alive has its answer. */
  readonly answersQuestion: boolean;
  readonly tasks: readonly TaskDraft[];
  readonly alert?: AlertDraft;
  readonly optOut?: { readonly by: 'carrier' | 'words' };
  readonly optIn?: true;
  readonly wrongNumber?: true;
  readonly switchLanguage?: Language;
};
