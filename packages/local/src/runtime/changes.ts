/** Tells listeners that something may have changed. */
export type Changes = {
  readonly touch: () => void;
  /** Returns what ends the listening. */
  readonly listen: (listener: () => void) => () => void;
};

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  return {
    touch: () => {
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** At most one call per that many milliseconds of wall time, the last one never lost. */
export function coalesced(listener: () => void, everyMs: number): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      listener();
    }, everyMs).unref();
  };
}
