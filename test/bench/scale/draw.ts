import { mkdirSync, writeFileSync } from 'node:fs';
import { charts } from './charts.ts';
import { walkScenarios } from './scenarios.ts';

/** Draws the pictures of docs/scale.md again: `node test/bench/scale/draw.ts`. */
const folder = new URL('../../../docs/scale/', import.meta.url);

const outcomes = await walkScenarios((step) => console.error(`  ${step}`));
mkdirSync(folder, { recursive: true });
for (const [name, drawing] of charts(outcomes)) {
  writeFileSync(new URL(name, folder), drawing);
  console.log(`docs/scale/${name}`);
}
