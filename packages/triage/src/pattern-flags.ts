/** A pattern's flags as one number: packed by training/compile-content.ts, read by pattern-table.ts. */
export const flag = { unordered: 1, ownNegation: 2, certain: 4, forbids: 8, saysNo: 16 } as const;

/** A number is packed as one byte, or, from here on, as two: this plus what is above 255, and the rest. */
export const twoBytes = 240;
