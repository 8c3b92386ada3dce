import { describe, expect, it } from 'vitest';
import { nearest, optionLines, readCommandLine } from './command-line.ts';

const options = {
  reason: { kind: 'text', help: 'why', value: 'words' },
  json: { kind: 'switch', help: 'one object' },
  number: { kind: 'many', help: 'a number' },
} as const;

function read(...args: string[]) {
  const result = readCommandLine(args, options);
  if (!result.ok) throw new Error(result.message);
  return result.line;
}
function problem(...args: string[]): string {
  const result = readCommandLine(args, options);
  return result.ok ? '' : result.message;
}

describe('command line', () => {
  it('tells options, switches and words apart, in any order', () => {
    const line = read('add', '--reason', 'a b', 'file.json', '--json', '--number=1', '--number', '2');
    expect(line.words).toEqual(['add', 'file.json']);
    expect(line.text('reason')).toBe('a b');
    expect(line.flag('json')).toBe(true);
    expect(line.many('number')).toEqual(['1', '2']);
    expect(line.text('missing')).toBeUndefined();
  });

  it('names the option that was meant', () => {
    expect(problem('--raeson', 'x')).toBe('--raeson is not an option here. Did you mean --reason?');
    expect(problem('--hlep')).toContain('--help');
  });

  it('lists all options when none is near', () => {
    expect(problem('--zzzzzzzz')).toContain('There is: --reason, --json, --number, --help.');
  });

  it('says which value is missing, also when another option follows', () => {
    expect(problem('--reason')).toBe('--reason needs a value: --reason <words>');
    expect(problem('--reason', '--json')).toBe('--reason needs a value: --reason <words>');
    expect(read('--reason=--json').text('reason')).toBe('--json');
    expect(problem('--json=yes')).toBe('--json takes no value.');
  });

  it('takes what follows -- as words', () => {
    expect(read('--', '--reason').words).toEqual(['--reason']);
  });

  it('shows every option in the help, --help too', () => {
    expect(optionLines(options)).toContain('  --reason <words>  why');
    expect(optionLines(options)).toContain('--help');
  });

  it('does not guess wildly', () => {
    expect(nearest('x', ['pause', 'resume'])).toBeUndefined();
    expect(nearest('pase', ['pause', 'resume'])).toBe('pause');
  });
});
