/** Whole numbers from 0 to 2^32 - 1, the same ones for the same seed (a linear congruential generator). */
export function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
}

/** The same as shares: from 0 up to, but not, 1. */
export function sharesFrom(seed: number): () => number {
  const draw = drawsFrom(seed);
  return () => draw() / 0x1_0000_0000;
}
