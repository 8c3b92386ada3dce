/** Something that must never be: which invariant of design 7, and what was seen. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: string;
  constructor(invariant: string, seen: string) {
    super(`${invariant}: ${seen}`);
    this.invariant = invariant;
  }
}

/** What a checker reports to. The first violation ends the run. */
export type Report = (invariant: string, seen: string) => void;
