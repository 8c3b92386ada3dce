import { purePackages, workspaceOf } from './import-rules.ts';
import { type Finding, isTestFile } from './repository.ts';
import type { Place, SourceFacts } from './source-facts.ts';

type NameRule = { matches: RegExp; fix: string };

const unpredictable: readonly NameRule[] = [
  { matches: /^(?:globalThis\.)?Date\.now$/, fix: 'take `now: Instant` as an argument' },
  {
    matches: /^(?:globalThis\.)?Math\.random$/,
    fix: 'take the number as an argument, or use the Random port',
  },
  {
    matches: /^(?:globalThis\.)?process\.\w+$/,
    fix: 'parse the environment in main.ts and hand the value in',
  },
  { matches: /^(?:globalThis\.)?performance\.now$/, fix: 'take `now: Instant` as an argument' },
  { matches: /^(?:globalThis\.)?crypto\.random\w+$/, fix: 'use the Random port' },
  {
    matches: /^(?:globalThis\.)?(?:setTimeout|setInterval|setImmediate)$/,
    fix: 'use a schedule or a queue delay',
  },
  { matches: /^(?:globalThis\.)?fetch$/, fix: 'reach the outside through a port' },
  { matches: /^console\.\w+$/, fix: 'return the value, or use the Log port' },
];
const asynchronous: readonly NameRule[] = [
  { matches: /^(?:new )?Promise\b/, fix: 'return plain values; the use case awaits' },
  { matches: /^queueMicrotask$/, fix: 'return plain values; the use case awaits' },
];
const pureNodeImports = /^node:(?:crypto|assert|util|zlib)$/;
const pureNames: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['node:crypto', new Set(['createHash', 'createHmac', 'createSecretKey', 'timingSafeEqual'])],
  ['node:zlib', new Set(['brotliDecompressSync'])],
]);
const outsideWorld = /^(?:@aws|aws-|@types\/aws|twilio|hono|@hono|ulid|@dynoxide|preact)/;

/** Clock, randomness, environment and, in pure packages, anything async or from the outside (design 3). */
export function purityFindings(sources: readonly SourceFacts[]): Finding[] {
  return sources.filter((source) => !isTestFile(source.path)).flatMap(checkPurity);
}

/** What turns the type checker or a reader's map off: casts, `any`, `!`, default exports, barrels. */
export function escapeFindings(sources: readonly SourceFacts[]): Finding[] {
  return sources.flatMap((source) => [
    ...(isTestFile(source.path) ? [] : checkTypeEscapes(source)),
    ...checkExports(source),
    ...checkDirectives(source),
  ]);
}

function checkPurity(source: SourceFacts): Finding[] {
  const workspace = workspaceOf(source.path) ?? '';
  const isPure = purePackages.includes(workspace);
  if (!isPure && workspace !== 'usecases') return [];
  // What trains or generates beside src/ never ships.
  if (!source.path.includes('/src/')) return [];
  const rules = isPure ? [...unpredictable, ...asynchronous] : unpredictable;
  const named = source.names.flatMap((name) => checkName(source.path, name, workspace, rules));
  const dates = source.bareDates.map((place) => ({
    at: `${source.path}:${place.line}`,
    problem: `${workspace} reads the clock by new Date()`,
    fix: 'take `now: Instant` as an argument',
  }));
  const asyncs = isPure ? firstAsync(source, workspace) : [];
  return [...named, ...dates, ...asyncs, ...checkOutside(source, workspace, isPure)];
}

function checkName(path: string, name: Place, workspace: string, rules: readonly NameRule[]): Finding[] {
  const rule = rules.find(({ matches }) => matches.test(name.text));
  if (rule === undefined) return [];
  return [{ at: `${path}:${name.line}`, problem: `${workspace} uses ${name.text}`, fix: rule.fix }];
}

function firstAsync(source: SourceFacts, workspace: string): Finding[] {
  const [place] = source.asyncs;
  if (place === undefined) return [];
  const problem = `the pure package ${workspace} uses ${place.text}`;
  return [
    {
      at: `${source.path}:${place.line}`,
      problem,
      fix: 'move the effect to usecases and pass its result in',
    },
  ];
}

function checkOutside(source: SourceFacts, workspace: string, isPure: boolean): Finding[] {
  return source.imports.flatMap((imported) => {
    const at = `${source.path}:${imported.line}`;
    const { specifier } = imported;
    if (outsideWorld.test(specifier)) {
      return [
        {
          at,
          problem: `${workspace} imports ${specifier}`,
          fix: 'reach it through a port in usecases/ports.ts',
        },
      ];
    }
    if (!isPure || !specifier.startsWith('node:')) return [];
    const fix =
      'pure packages may use node:assert, node:util, the hashes of node:crypto and brotliDecompressSync; ' +
      'hand the rest in';
    if (!pureNodeImports.test(specifier)) return [{ at, problem: `${workspace} imports ${specifier}`, fix }];
    const pure = pureNames.get(specifier);
    const impure = imported.names.filter((name) => pure !== undefined && !pure.has(name));
    return impure.length === 0 ? [] : [{ at, problem: `${workspace} imports ${impure.join(', ')}`, fix }];
  });
}

function checkTypeEscapes(source: SourceFacts): Finding[] {
  const at = (place: Place) => `${source.path}:${place.line}`;
  return [
    ...source.casts
      .filter(() => !mayCast(source.path))
      .map((place) => ({
        at: at(place),
        problem: `casts by \`${place.text}\``,
        fix: 'parse with zod, narrow with a type guard, or give the value its type where it is made',
      })),
    ...source.anys.map((place) => ({
      at: at(place),
      problem: 'uses `any`',
      fix: 'use `unknown` and narrow it',
    })),
    ...source.nonNulls.map((place) => ({
      at: at(place),
      problem: `asserts that \`${place.text}\` exists`,
      fix: 'handle undefined, or throw an error that says which bug it is',
    })),
  ];
}

/** The deep import of Twilio's message resource has no public type (design 3). */
function mayCast(path: string): boolean {
  return path === 'packages/adapters/src/twilio/message-resource.ts';
}

function checkExports(source: SourceFacts): Finding[] {
  const isConfig = /(?:^|\/)[\w-]+\.config\.ts$/.test(source.path);
  const defaults = isConfig ? [] : source.defaultExports;
  return [
    ...defaults.map((place) => ({
      at: `${source.path}:${place.line}`,
      problem: 'has a default export',
      fix: 'export by name, so that one thing has one name everywhere',
    })),
    ...source.imports
      .filter((imported) => imported.kind === 'export' && (source.isBarrel || imported.names.includes('*')))
      .map((imported) => ({
        at: `${source.path}:${imported.line}`,
        problem: `re-exports ${imported.specifier}`,
        fix: 'import it from where it is made: no barrels',
      })),
  ];
}

function checkDirectives(source: SourceFacts): Finding[] {
  return source.lines.flatMap((line, index) => {
    const directive = /^\s*(?:\/\/|\/\*)\s*(@ts-(?:ignore|nocheck)|eslint-disable)/.exec(line)?.[1];
    if (directive === undefined) return [];
    const fix = 'mend the type instead; a test of a type error may use @ts-expect-error';
    return [{ at: `${source.path}:${index + 1}`, problem: `switches a check off by ${directive}`, fix }];
  });
}
