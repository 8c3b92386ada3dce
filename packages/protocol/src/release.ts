import type { ClassId } from './classes.ts';
import { microneedlingV1 } from './releases/microneedling-v1.ts';
import type { Flag, Language, SkinType } from './session.ts';

export type ByClass<T> = Readonly<Record<ClassId, T>>;

/**
 * How long an item waits: hours after the end of the session, `null` = no date; `clinic` = the clinic's word
 * too.
 */
export type Wait = { readonly hours: number | null; readonly clinic: boolean };

/**
 * One row of the timeline C4. `skin` and `flags` hold whole rows that replace the row where they are
 * stricter.
 */
export type TimelineItem = {
  readonly facts: readonly string[];
  readonly conflicts: readonly string[];
  /** Read at least the N10 column for sensitive or pigment-prone skin (C4, last paragraph). */
  readonly stricterColumn: boolean;
  readonly from: ByClass<Wait>;
  readonly skin: Readonly<Partial<Record<SkinType, ByClass<Wait>>>>;
  readonly flags: Readonly<Partial<Record<Flag, ByClass<Wait>>>>;
};

/**
 * What a sentence is to the patient: a ban (or the date from which it no longer holds), advice, or what is
 * normal. When room is short, what is normal goes first, then advice, then bans.
 */
export type Role = 'ban' | 'advice' | 'expect';

/**
 * How a fact becomes words: `ban` lists the items that still wait; otherwise a phrase key; `null` says
 * nothing. `role` is what its phrases are to the patient; nouns are always bans.
 */
export type Line = {
  /** A `Role`; JSON modules know only strings, the schema checks the word. */
  readonly role: string;
  readonly items: readonly string[];
  readonly waiting: string | null;
  readonly open: string | null;
};

export type FactsByDay = Readonly<Record<string, readonly string[]>>;

export type DayBans = {
  readonly order: readonly string[];
  readonly carried: readonly string[];
  readonly lesser: readonly string[];
};

export type Matrix = {
  /** Day → class → fact ids, most important first (C3, verbatim). */
  readonly cells: Readonly<Record<string, ByClass<readonly string[]>>>;
  /**
   * Day → its bans by importance (`order`; the first leads a concise text), those that are said on the day
   * for as long as they hold although the cell does not name them (`carried`), so that none vanishes between
   * two texts, and those of them that come after all that the cell itself says (`lesser`).
   */
  readonly bans: Readonly<Record<string, DayBans>>;
  /** Phrase key or fact → the ids its words rest on, where that is not the fact it is called after. */
  readonly cites: Readonly<Record<string, readonly string[]>>;
  readonly questions: Readonly<Record<string, { readonly id: string; readonly covers: readonly string[] }>>;
  readonly alwaysWatched: readonly string[];
  readonly emergency: readonly string[];
  readonly symptomOrder: readonly string[];
  readonly lines: Readonly<Record<string, Line>>;
  readonly nextSessionFacts: readonly string[];
};

export type AreaGroup = 'face' | 'eyes' | 'lips' | 'neck' | 'hair' | 'body' | 'hands';

export type AreaRule = {
  readonly makeup: boolean;
  readonly sunFirst: boolean;
  readonly add: FactsByDay;
  readonly watch: FactsByDay;
};

export type Modifiers = {
  readonly skin: Readonly<Record<SkinType, { readonly add: FactsByDay }>>;
  readonly stricterColumnFor: {
    readonly skin: readonly string[];
    readonly flags: readonly string[];
    readonly column: Readonly<Record<ClassId, string>>;
  };
  readonly areaGroups: Readonly<Record<string, string>>;
  readonly areas: Readonly<Record<AreaGroup, AreaRule>>;
  readonly flags: Readonly<Partial<Record<Flag, { sunFirst: boolean; watch: FactsByDay }>>>;
  readonly sunLine: { readonly waiting: string; readonly open: Readonly<Record<string, string>> };
  readonly home: { readonly add: FactsByDay };
  readonly combined: { readonly add: FactsByDay };
  readonly makeupFact: string;
};

/** Days to the next session (C5): never before `floorDays`, by default `usualDays`. */
export type Interval = {
  readonly floorDays: number;
  readonly usualDays: number;
  readonly clinicSets: boolean;
  readonly facts: readonly string[];
};

/** What is normal from one hour to another, per class; `null` = not expected in that class. */
export type Expectation = {
  readonly facts: readonly string[];
  readonly conflicts: readonly string[];
  readonly fromHours: number;
  readonly toHours: ByClass<number | null>;
};

export type Frame = {
  readonly watch: string;
  /** Where the legal terms stand in the same text, which leaves less room. */
  readonly watchWithTerms: string;
  readonly emergency: string;
  readonly emergencyEyes: string;
  readonly stop: string;
  readonly terms: string;
};

export type Texts = {
  readonly frame: { readonly standard: Frame; readonly concise: Frame };
  /** For a number with several patients or a minor: no symptom, date or patient (product-rules 7). */
  readonly discreet: { readonly care: string; readonly watch: string; readonly emergency: string };
  readonly confirmation: string;
  readonly questions: Readonly<
    Record<
      string,
      {
        readonly standard: string;
        readonly concise: string;
        /** For the one-segment text that must carry the legal terms as well. */
        readonly brief: string;
        readonly labels: readonly string[];
      }
    >
  >;
  readonly grammar: {
    readonly ban: string;
    readonly banAsk: string;
    readonly comma: string;
    readonly last: string;
    readonly lastSymptom: string;
    /** Between signs where every character counts: "fever/pus". */
    readonly shortSymptom: string;
    /** `{date}` is the first day without the ban. */
    readonly until: string;
    readonly untilToday: string;
    readonly untilTime: string;
    readonly untilDateTime: string;
    readonly from: string;
    /** Of what is normal, not forbidden; `{date}` is its last day. */
    readonly through: string;
    readonly throughToday: string;
  };
  readonly nouns: Readonly<Record<string, string>>;
  readonly symptoms: Readonly<Record<string, string>>;
  readonly conciseSymptoms: Readonly<Record<string, string>>;
  readonly phrases: Readonly<Record<string, string>>;
  readonly nextSession: Readonly<Record<string, string>>;
};

/**
 * One thing patients ask. `timeline`: the first of `items` that waits decides; `expectation`: is it still
 * normal; `fixed`: one answer; `silent`: the articles say nothing, the clinic decides; `next`: the next
 * session (C5).
 */
export type AnswerItem = {
  readonly kind: string;
  readonly items: readonly string[];
  readonly facts: readonly string[];
};

export type AnswerTexts = {
  readonly frame: Readonly<Record<'body' | 'silent' | 'silentBody' | 'undated', string>>;
  readonly items: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;
};

export type Answers = {
  readonly items: Readonly<Record<string, AnswerItem>>;
  readonly texts: Readonly<Record<Language, AnswerTexts>>;
};

/** A clinician's signature under one version in one language (product-rules 1). Dates are `YYYY-MM-DD`. */
export type Approval = {
  readonly name: string;
  readonly licence: string;
  readonly approvedOn: string;
  readonly language: string;
};

export type ProtocolRelease = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly days: readonly number[];
  readonly lastDay: number;
  readonly status: 'draft' | 'approved';
  readonly approvals: readonly Approval[];
  readonly timeline: Readonly<Record<string, TimelineItem>>;
  /** Item → the words, in both languages, by which a clinic's own line names it. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  readonly matrix: Matrix;
  readonly modifiers: Modifiers;
  readonly intervals: ByClass<Interval>;
  readonly expectations: Readonly<Record<string, Expectation>>;
  readonly texts: Readonly<Record<Language, Texts>>;
  /** Only in a clinic's own protocol; the bundled answers are found by id and version (`answers.ts`). */
  readonly answers?: Answers;
};

/** What every release has. */
const RELEASE_KEYS = [
  'id',
  'version',
  'days',
  'lastDay',
  'status',
  'timeline',
  'topics',
  'matrix',
  'modifiers',
  'intervals',
  'expectations',
  'texts',
  'answers',
] as const;

/**
 * Whether a value is a clinic's own release as `readProtocol` made it and a row kept it. It looks at the
 * top only: whoever stores one has read it with the schema, and keeps a checksum beside it.
 */
export function isOwnRelease(value: unknown): value is ProtocolRelease {
  return (
    typeof value === 'object' && value !== null && RELEASE_KEYS.every((key) => Object.hasOwn(value, key))
  );
}

const RELEASES: readonly ProtocolRelease[] = [microneedlingV1];

/**
 * A bundled release, or `undefined`. A clinic's own protocol is read from its file (`schema.ts`).
 */
export function findRelease(id: string, version: number): ProtocolRelease | undefined {
  return RELEASES.find((release) => release.id === id && release.version === version);
}

/** The release a new session is pinned to unless the clinic brings its own. */
export function currentRelease(): ProtocolRelease {
  return microneedlingV1;
}
