import { expect, it } from 'vitest';
import { leaksIn, marked } from './leaks.ts';

it('finds what leaks, in any form', async () => {
  for (const text of [
    `hello ${marked.name.toUpperCase()}`,
    'to (305) 555-9876',
    'to=%2B13055559876',
    '305.555.9876',
    `text ${marked.text}`,
    'Basic simulated-token',
    Buffer.from(`${marked.name} and more`).toString('base64'),
  ])
    expect(leaksIn(text), text).not.toEqual([]);
  expect(leaksIn('session abc was texted at 2026-11-21T16:30:00Z')).toEqual([]);
});
