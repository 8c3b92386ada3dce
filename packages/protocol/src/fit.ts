import type { Saying } from './advice.ts';
import type { Style } from './session.ts';
import { asksClinic, untilDayWords, type Wording } from './words.ts';

/** One language's side of a text: its words for every saying, and the room its frame takes. */
export type Side = {
  readonly wording: Wording;
  readonly words: readonly string[];
  /** Septets of opening, extra line and closing with the blanks between them. */
  readonly frameUnits: number;
};

/**
 * The sayings that fit, chosen once for all languages, so that no patient is told less for reading another
 * one: in their order of importance, each that still has room in every language. Once a ban had no room,
 * nothing reassures any more. A concise text has one sentence: the first saying that fits, and for a ban
 * what shares its date.
 */
export function chooseFitting(
  sayings: readonly Saying[],
  sides: readonly Side[],
  maxUnits: number,
  style: Style,
): readonly number[] {
  const rooms = sides.map((side) => new Room(side, maxUnits));
  const chosen: number[] = [];
  let banLeftOut = false;
  let only: Saying | undefined;
  let index = -1;
  for (const saying of sayings) {
    index += 1;
    if (saying.role === 'expect' && banLeftOut) continue;
    if (style === 'concise' && only !== undefined && !sharesSentence(only, saying)) continue;
    if (rooms.every((room) => room.holds(saying, index))) {
      for (const room of rooms) room.put();
      chosen.push(index);
      only ??= saying;
    } else if (saying.role === 'ban' && !saying.lesser) banLeftOut = true;
  }
  return chosen;
}

function sharesSentence(a: Saying, b: Saying): boolean {
  return a.kind === 'noun' && b.kind === 'noun' && a.untilDay === b.untilDay;
}

/** A sentence of bans in the making: `untilUnits` are those of its date. */
type Ban = { untilDay: number; untilUnits: number; nouns: string[]; nounUnits: number; clinic: boolean };

/** Counts what a text would measure, saying by saying, without writing it. */
class Room {
  readonly #side: Side;
  readonly #maxUnits: number;
  readonly #bans: Ban[] = [];
  #used: number;
  /** What the saying last asked for would take. */
  #asked: { units: number; words: string; ban?: Ban; clinic?: boolean } | undefined;

  constructor(side: Side, maxUnits: number) {
    this.#side = side;
    this.#maxUnits = maxUnits;
    this.#used = side.frameUnits;
  }

  holds(saying: Saying, index: number): boolean {
    const words = this.#side.words[index];
    if (words === undefined) return false;
    if (saying.kind === 'noun') this.#askForNoun(words, saying.untilDay, saying.clinic);
    else this.#asked = { units: words.length + 1, words };
    return this.#used + (this.#asked?.units ?? 0) <= this.#maxUnits;
  }

  /** Takes what was last asked for. */
  put(): void {
    const asked = this.#asked;
    if (asked === undefined) return;
    this.#used += asked.units;
    const { ban, words } = asked;
    if (ban === undefined) return;
    if (ban.nouns.length === 0) this.#bans.push(ban);
    if (!ban.nouns.includes(words)) {
      ban.nouns.push(words);
      ban.nounUnits += words.length;
    }
    ban.clinic ||= asked.clinic === true;
  }

  #askForNoun(words: string, untilDay: number, clinic: boolean): void {
    const open = this.#bans.find((ban) => ban.untilDay === untilDay);
    const ban = open ?? { untilDay, untilUnits: this.#untilUnits(untilDay), nouns: [], nounUnits: 0, clinic };
    const fresh = ban.nouns.includes(words) ? 0 : 1;
    const count = ban.nouns.length + fresh;
    const after = this.#banUnits(ban, count, ban.nounUnits + fresh * words.length, ban.clinic || clinic);
    const before = open === undefined ? 0 : this.#banUnits(ban, ban.nouns.length, ban.nounUnits, ban.clinic);
    this.#asked = { units: after - before, words, ban, clinic };
  }

  #untilUnits(untilDay: number): number {
    return untilDayWords(this.#side.wording, untilDay).length;
  }

  #banUnits(ban: Ban, count: number, nounUnits: number, clinic: boolean): number {
    const { wording } = this.#side;
    const { grammar } = wording.texts;
    const asks = asksClinic(wording, { untilDay: ban.untilDay, clinic });
    const pattern = asks ? grammar.banAsk : grammar.ban;
    const joints = count > 1 ? grammar.last.length + (count - 2) * grammar.comma.length : 0;
    return pattern.length - '{items}{until}'.length + 1 + ban.untilUnits + nounUnits + joints;
  }
}
