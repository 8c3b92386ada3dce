import { availableParallelism } from 'node:os';
import { plantedFaults } from './planted-faults.ts';
import { runMany } from './run-many.ts';

/**
 * Walks the planted faults and says which seed catches each: `node test/simulation/find-planted.ts [part of a
 * name]`.
 */
const mostSeeds = 200;
const wanted = process.argv[2] ?? '';
const workers = Math.min(2, availableParallelism());

let missed = 0;
for (const { name } of plantedFaults.filter((fault) => fault.name.includes(wanted))) {
  const { failures } = await runMany({ first: 1, seeds: mostSeeds, workers, plant: name, mostFailures: 1 });
  const [caught] = failures;
  if (caught === undefined) missed += 1;
  const how =
    caught?.violation === undefined ? 'NOT FOUND' : `seed ${caught.seed}: ${caught.violation.invariant}`;
  console.log(`${name.padEnd(66)} ${how}`);
}
console.log(missed === 0 ? 'all found' : `${missed} not found within ${mostSeeds} seeds`);
process.exit(missed === 0 ? 0 : 1);
