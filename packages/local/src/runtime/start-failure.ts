/** A start that cannot go on, in one sentence for the terminal. Caught where the runtime starts. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

/** The value of a start step, or the failure thrown with its sentence. */
export function required<T extends { readonly ok: true }>(
  step: T | { readonly ok: false; readonly message: string },
): T {
  if (!step.ok) throw new StartFailure(step.message);
  return step;
}

/** What was started, to be ended in the opposite order. */
export type Closers = {
  readonly add: (close: () => Promise<void> | void) => void;
  readonly closeAll: () => Promise<void>;
};

export function createClosers(): Closers {
  const closers: (() => Promise<void> | void)[] = [];
  return {
    add: (close) => void closers.push(close),
    closeAll: async () => {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
    },
  };
}
