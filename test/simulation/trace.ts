/** What happened, line by line; kept only on the run that explains a failure. */
export type Trace = {
  note(line: () => string): void;
  readonly lines: readonly string[];
};

export function createTrace(nowText: () => string, on: boolean): Trace {
  const lines: string[] = [];
  return {
    lines,
    note: on ? (line) => void lines.push(`${nowText()} ${line()}`) : () => undefined,
  };
}
