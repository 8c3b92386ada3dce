/**
 * The one table (design 4), as data: infra deploys it and the local runtime creates it from the same facts,
 * so the two cannot disagree.
 */
export const tableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** The expiry attribute, in epoch seconds. Deletion lags by days: readers filter by it as well. */
  expiryAttribute: 'expiresAtEpochSeconds',
  stream: 'NEW_AND_OLD_IMAGES',
  /** Sparse: only rows that the sweep must look at carry both attributes. Holds keys only. */
  workIndex: { name: 'work', partitionKey: 'workShard', sortKey: 'attendAt' },
} as const;
