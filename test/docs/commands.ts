/** Commands as they stand in the documents: nothing is listed twice, so text and test cannot drift apart. */

export type DocCommand = {
  /** `docs/deploy.md:17`. */
  readonly at: string;
  /** One command, with continuation lines and quoted newlines. */
  readonly text: string;
};

/** Programs of ours that a document may name without `npx pnpm@12`. */
const shortForms = /^(?:npx pnpm@12 \S|(?:clinic|patient|dead-letters|cdk|aws) \S+ \S)/;

/** Every command of a page: lines of shell blocks, and inline code that begins like one. */
export function commandsOf(page: string, markdown: string): readonly DocCommand[] {
  const found: DocCommand[] = [];
  let block: { at: string; text: string } | undefined;
  let inShell = false;
  for (const [index, line] of markdown.split('\n').entries()) {
    const at = `${page}:${index + 1}`;
    if (line.startsWith('```')) {
      inShell = line === '```sh' && !inShell;
      continue;
    }
    if (!inShell) {
      const inline = [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
      found.push(...inline.filter((code) => shortForms.test(code)).map((text) => ({ at, text })));
      continue;
    }
    block = block === undefined ? { at, text: line } : { ...block, text: `${block.text}\n${line}` };
    if (isOpen(block.text)) continue;
    if (block.text.trim() !== '') found.push(block);
    block = undefined;
  }
  return found;
}

/** A quote or a bracket is still open at the end of the line. */
function isOpen(text: string): boolean {
  const singles = text.split("'").length - 1;
  return singles % 2 === 1 && !/[’]/.test(text);
}

/** The words of a simple command, quotes taken away. */
export function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
