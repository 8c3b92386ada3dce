import { randomBytes } from 'node:crypto';
import { epochMs } from '@aftercare/time/instant';
import type { Random } from '@aftercare/usecases/ports';
import { ulid } from 'ulid';

const twoTo32 = 4_294_967_296;
const fraction = (): number => randomBytes(4).readUInt32BE() / twoTo32;

/** Randomness of the operating system, good enough for secrets. */
export const systemRandom: Random = {
  ulid: (at) => ulid(epochMs(at), fraction),
  fraction,
  bytes: (count) => Uint8Array.from(randomBytes(count)),
};
