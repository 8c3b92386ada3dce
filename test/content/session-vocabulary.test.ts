import { area, device, flag, skinType } from '@aftercare/contract/session-shape';
import { AREAS, DEVICES, FLAGS, SKIN_TYPES } from '@aftercare/protocol/session';
import { describe, expect, it } from 'vitest';

/** The contract and the protocol may not import each other, so each has its list. */
describe('what a session may name', () => {
  it.each([
    ['devices', device.options, DEVICES],
    ['areas', area.options, AREAS],
    ['skin types', skinType.options, SKIN_TYPES],
    ['flags', flag.options, FLAGS],
  ])('is the same in the contract and in the protocol: %s', (_, accepted, known) => {
    expect([...accepted].sort()).toEqual([...known].sort());
  });
});
