import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withFault } from './plant-hook.ts';
import { plantedFaults } from './planted-faults.ts';

const root = new URL('../../', import.meta.url);

describe('the planted faults', () => {
  it.each(plantedFaults.map((fault) => [fault.name, fault] as const))(
    'fits its source once: %s',
    (_, fault) => {
      const source = readFileSync(new URL(fault.file, root), 'utf8');
      expect(withFault(fault, source)).not.toBe(source);
    },
  );

  it('refuses a fault that fits twice or not at all', () => {
    const fault = { name: 'x', file: 'y', find: 'a', replace: 'b', caughtBy: 1 };
    expect(() => withFault(fault, 'a a')).toThrow('2 times');
    expect(() => withFault(fault, 'c')).toThrow('0 times');
  });
});
