/**
 * Faults that the simulation must find: each is put into the source as it is loaded (never on disk), at the one place
 * that `find` names. A `find` that matches nowhere, or twice, is an error: the code moved on and the fault must follow.
 */
export type PlantedFault = {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
};

export const plantedFaults: readonly PlantedFault[] = [];
