import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { charts } from '../bench/scale/charts.ts';
import { walkScenarios } from '../bench/scale/scenarios.ts';

describe('the pictures of docs/scale.md', () => {
  it('are what the committed model draws today, byte for byte', async () => {
    const drawn = charts(await walkScenarios(() => {}));
    expect([...drawn.keys()]).toHaveLength(4);
    for (const [name, drawing] of drawn) {
      const committed = readFileSync(new URL(`../../docs/scale/${name}`, import.meta.url), 'utf8');
      expect(committed === drawing, `${name}: draw it again with test/bench/scale/draw.ts`).toBe(true);
    }
  });
});
