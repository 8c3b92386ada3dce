/**
 * Wraps every method of the memory adapters. A simulation passes one that fails before `run` (the call never
 * arrived), fails after it (it took hold, the answer was lost), delays it, or runs it twice.
 * `name` is `<port>.<method>`, for example `table.transact`.
 */
export type Effect = <T>(name: string, run: () => Promise<T>) => Promise<T>;

/** Nothing goes wrong. */
export const withoutFaults: Effect = (_name, run) => run();
