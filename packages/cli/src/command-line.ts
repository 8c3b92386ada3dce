import { parseArgs } from 'node:util';

/**
 * The words after a command: options `--name value`, switches `--name`, and the rest in order. What is
 * wrong comes back as one sentence, and a misspelt option names the one that was probably meant (issue 7,
 * terminal).
 */

export type OptionShape = {
  /** `switch`: takes no value. `many`: may be given several times. */
  readonly [name: string]: {
    readonly kind: 'text' | 'switch' | 'many';
    readonly help: string;
    readonly value?: string;
  };
};

export type CommandLine = {
  readonly words: readonly string[];
  text(name: string): string | undefined;
  flag(name: string): boolean;
  many(name: string): readonly string[];
};

export type ReadCommandLine =
  | { readonly ok: true; readonly line: CommandLine }
  | { readonly ok: false; readonly message: string };

/** Reads the arguments by the options given; `--help` is always one of them. */
export function readCommandLine(args: readonly string[], options: OptionShape): ReadCommandLine {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(withHelp(options)).map(([name, option]) => [name, parserOption(option)]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const message = optionProblem(token, withHelp(options));
    if (message !== undefined) return { ok: false, message };
    values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? '']);
  }
  return {
    ok: true,
    line: {
      words,
      text: (name) => values.get(name)?.at(-1),
      flag: (name) => values.has(name),
      many: (name) => values.get(name) ?? [],
    },
  };
}

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
};

function optionProblem(token: OptionToken, options: OptionShape): string | undefined {
  const option = options[token.name];
  if (option === undefined)
    return `${token.rawName} is not an option here.${suggestion(token.name, options)}`;
  const takesValue = option.kind !== 'switch';
  const swallowed = token.inlineValue === false && token.value?.startsWith('--') === true;
  if (takesValue && (token.value === undefined || swallowed))
    return `--${token.name} needs a value: --${token.name} ${shown(option)}`;
  if (!takesValue && token.value !== undefined) return `--${token.name} takes no value.`;
  return undefined;
}

const help = { kind: 'switch', help: 'show this' } as const;
const withHelp = (options: OptionShape): OptionShape => ({ ...options, help });
const shown = (option: OptionShape[string]): string => `<${option.value ?? 'text'}>`;

function parserOption(option: OptionShape[string]) {
  return option.kind === 'switch'
    ? ({ type: 'boolean' } as const)
    : ({ type: 'string', multiple: option.kind === 'many' } as const);
}

function suggestion(wrong: string, options: OptionShape): string {
  const near = nearest(wrong, Object.keys(options));
  if (near !== undefined) return ` Did you mean --${near}?`;
  return ` There is: ${Object.keys(options)
    .map((name) => `--${name}`)
    .join(', ')}.`;
}

/** The word that was probably meant: the closest one, when it is closer than half of its length. */
export function nearest(wrong: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((word) => ({ word, distance: editDistance(wrong.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(1, best.word.length / 2) ? best.word : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The options as lines of a `--help` text. */
export function optionLines(options: OptionShape): string {
  const rows = Object.entries(withHelp(options)).map(([name, option]) => {
    const left = option.kind === 'switch' ? `--${name}` : `--${name} ${shown(option)}`;
    return { left, help: option.help };
  });
  const width = Math.max(...rows.map(({ left }) => left.length));
  return rows.map((row) => `  ${row.left.padEnd(width)}  ${row.help}`).join('\n');
}
