import type { ProtocolRelease } from '@aftercare/protocol/release';
import type { CareSession } from '@aftercare/protocol/session';
import type { Instant } from '@aftercare/time/instant';
import type { OpeningHours } from '@aftercare/time/opening-hours';
import type { DailyWindow } from '@aftercare/time/window';
import type { Assessment, Level } from '@aftercare/triage/assessment';
import type { Language } from './templates.ts';

/** What the decision about one text is made from: plain values, read before, never fetched here. */
export type ConversationContext = {
  readonly now: Instant;
  readonly clinic: ClinicView;
  readonly text: TextView;
  readonly phone: PhoneView;
  /** Who is treated under this number; empty for a number we do not know. */
  readonly patients: readonly PatientView[];
  /** Texts of this number that were read before, oldest first, at most those of the last 14 days. */
  readonly earlier: readonly EarlierInbound[];
  /** A later text of this number is stored already: a late reply goes to that one only (product-rules 8). */
  readonly laterTextWaiting: boolean;
  /** The text as already read for the one patient, when the caller has it; else it is read here. */
  readonly assessment?: Assessment;
};

export type ClinicView = {
  readonly displayName: string;
  readonly languages: readonly Language[];
  readonly defaultLanguage: Language;
  /** Product-rules 1: in any other language the 911-and-phone line answers, and a human reads the text. */
  readonly approvedLanguages: readonly Language[];
  readonly window: DailyWindow;
  readonly defaultLocation: LocationView;
  readonly ownAnswers: readonly {
    readonly item: string;
    readonly language: Language;
    readonly text: string;
  }[];
};

export type LocationView = OpeningHours & {
  readonly locationId: string;
  /** As texts show it, 12 characters: `305-555-0100`. */
  readonly phone: string;
  readonly coverage: 'page24h' | 'afterHoursSelfDirect';
};

export type TextView = {
  readonly inboundSid: string;
  readonly body: string;
  readonly mediaCount: number;
  readonly receivedAt: Instant;
  /**
   * The carrier acted on this text itself: by its own word, or because the whole text is one of its
   * keywords.
   */
  readonly carrierWord?: 'stop' | 'start' | 'help' | undefined;
  /** Not a phone that can be answered: a short code, a name, one of the clinic's own numbers. */
  readonly fromMachine?: boolean | undefined;
};

export type PhoneView = {
  readonly optedOutBy?: 'carrier' | 'words' | 'staff' | 'error_21610' | undefined;
  readonly optOutConfirmed: boolean;
  readonly blockedReason?: 'wrong_number' | 'unreachable' | 'erased' | undefined;
  /** Automatic replies that count against the loop caps. */
  readonly repliesAt: readonly Instant[];
  readonly lastSevereReply?: { readonly templateId: string; readonly at: Instant } | undefined;
};

export type PatientView = {
  readonly patientId: string;
  readonly language: Language;
  readonly minor: boolean;
  readonly location: LocationView;
  /** Newest first; those of the last 12 months. */
  readonly sessions: readonly SessionView[];
  readonly pending?: Pending | undefined;
};

export type SessionView = {
  readonly sessionKey: string;
  readonly treatment: CareSession;
  readonly protocol: { readonly id: string; readonly version: number };
  /** When the clinic brought that protocol itself. */
  readonly ownProtocol?: ProtocolRelease | undefined;
};

/** A question that was asked; alive 48 h or until the next one (product-rules 4). */
export type Pending = {
  readonly questionId: string;
  readonly askedAt: Instant;
  readonly sessionKey?: string | undefined;
  readonly day?: number | undefined;
  /** Asked because of a severe word: silence pages after 30 minutes (product-rules 8). */
  readonly severeWord: boolean;
  readonly options?: readonly string[] | undefined;
};

export type EarlierInbound = {
  readonly inboundSid: string;
  readonly body: string;
  readonly at: Instant;
  readonly level: Level;
  readonly patientId?: string | undefined;
  /** A task was opened for this text or one before it in the same day. */
  readonly handedToHuman?: boolean | undefined;
};
