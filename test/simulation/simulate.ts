import { runSeed } from './run-seed.ts';

const first = Number(process.argv[process.argv.indexOf('--first') + 1] || 1);
const seeds = Number(process.argv[process.argv.indexOf('--seeds') + 1] || 1);
const t = performance.now();
let bad = 0;
for (let seed = first; seed < first + seeds; seed += 1) {
  const r = await runSeed(seed, { trace: seeds === 1 });
  if (seeds === 1) for (const line of r.trace) console.log(line);
  if (r.violation) {
    bad++;
    console.log(seed, JSON.stringify(r.violation));
  }
  if (seeds === 1) console.log(r.counts, r.faults, r.moves);
}
const cpu = process.cpuUsage();
console.log(((seeds / (cpu.user + cpu.system)) * 1e6).toFixed(1), 'seeds per CPU second');
console.log(seeds / ((performance.now() - t) / 1000), 'seeds/s', bad, 'bad');
