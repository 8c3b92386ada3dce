import {
  type CommandLine,
  nearest,
  type OptionShape,
  optionLines,
  readCommandLine,
} from '../command-line.ts';
import { AdministrationRefusal, type AdminSystem } from './connect.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** One sub-command of `clinic` or `patient`. */
export type Command = {
  /** After the program's name: `add <file.json>`. */
  readonly usage: string;
  readonly help: string;
  /** How many words must follow the command's name, and how many may. */
  readonly words: readonly [least: number, most: number];
  readonly options: OptionShape;
  run(system: AdminSystem, line: CommandLine, terminal: Terminal): Promise<ExitCode>;
};

export type Commands = { readonly [name: string]: Command };

/**
 * Runs `npx pnpm@12 <program> <command> …`: help, misspelt commands and options, the connection, and every
 * failure as a sentence on stderr. `run` gets the words after the command's name.
 */
export async function runProgram(
  program: string,
  commands: Commands,
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(programHelp(program, commands));
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const near = nearest(name, Object.keys(commands));
    terminal.err(`${program} ${name} is not a command.${near === undefined ? '' : ` Did you mean ${near}?`}`);
    terminal.err(`There is: ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  const read = readCommandLine(rest, command.options);
  if (read.ok && read.line.flag('help')) {
    terminal.out(commandHelp(program, command));
    return 0;
  }
  const problem = read.ok ? wordProblem(command, read.line.words) : read.message;
  if (!read.ok || problem !== undefined) {
    terminal.err(`${problem}\nUsage: npx pnpm@12 ${program} ${command.usage}`);
    return 2;
  }
  return connected(command, read.line, terminal);
}

async function connected(command: Command, line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const connection = await terminal.connect();
  if (!connection.ok) {
    terminal.err(connection.message);
    return 1;
  }
  try {
    return await command.run(connection.system, line, terminal);
  } catch (error) {
    if (error instanceof AdministrationRefusal) terminal.err(error.message);
    else
      terminal.err(
        `${connection.where} did not do it: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    return 1;
  }
}

function wordProblem(command: Command, words: readonly string[]): string | undefined {
  const [least, most] = command.words;
  if (words.length < least) return 'Something is missing.';
  return words.length > most ? `"${words[most] ?? ''}" is one word too many.` : undefined;
}

function programHelp(program: string, commands: Commands): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`);
  return [
    `npx pnpm@12 ${program} <command>`,
    '',
    ...lines,
    '',
    'Works on the local runtime (PORT), a DynamoDB (DYNAMODB_ENDPOINT) or AWS (TABLE_NAME, SECRET_ID).',
    `More: npx pnpm@12 ${program} <command> --help`,
  ].join('\n');
}

function commandHelp(program: string, command: Command): string {
  return `npx pnpm@12 ${program} ${command.usage}\n\n${command.help}\n\n${optionLines(command.options)}`;
}
