import { type Finding, isTestFile } from './repository.ts';
import type { SourceFacts } from './source-facts.ts';

const SKIPPED =
  /^(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)$|^x(?:it|describe|test)$/;
const MODULE_MOCK = /^vi\.(?:mock|doMock)$/;
const SLEEP = /^(?:setTimeout|sleep|delay)$/;

/** Tests that do not run, cannot fail, or wait for a wall clock. */
export function testFindings(sources: readonly SourceFacts[]): Finding[] {
  return sources.filter((source) => isTestFile(source.path)).flatMap(checkTestFile);
}

function checkTestFile(source: SourceFacts): Finding[] {
  const named = source.names.flatMap(({ line, text }) => {
    const at = `${source.path}:${line}`;
    if (SKIPPED.test(text)) {
      return [{ at, problem: `${text} leaves a test out`, fix: 'mend the test or delete it' }];
    }
    if (MODULE_MOCK.test(text)) {
      return [{ at, problem: `${text} ties the test to file paths`, fix: 'hand in a memory adapter' }];
    }
    if (SLEEP.test(text) && /\.test\.tsx?$/.test(source.path)) {
      return [
        { at, problem: `${text} waits for the wall clock`, fix: 'move the clock, or await the event itself' },
      ];
    }
    return [];
  });
  const isSuite = /\.test\.tsx?$/.test(source.path);
  const asserts = source.names.some(({ text }) =>
    /^(?:expect(?:\.\w+)?|assert(?:\.\w+)*|fc\.assert)$/.test(text),
  );
  const handsOver = source.names.some(({ text }) => /(?:Contract|Suite)$/i.test(text));
  if (!isSuite || asserts || handsOver) return named;
  return [...named, { at: source.path, problem: 'has no assertion', fix: 'say what must hold by expect(…)' }];
}
