/** What a checker reports to: the invariant of design 7, and what was seen. */
export type Report = (invariant: string, seen: string) => void;
