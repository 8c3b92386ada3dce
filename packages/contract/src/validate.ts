import type * as z from 'zod/mini';

/**
 * One wrong field: where it is (`patient.phone`, `treatment.areas[0]`) and what would be right. Never its
 * value.
 */
export type FieldError = { readonly path: string; readonly message: string; readonly code: string };

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Reads a value by a schema; when it does not fit, every wrong field is named at once, in plain words
 * (issue 2).
 */
export function validate<T extends z.ZodMiniType>(schema: T, input: unknown): Validated<z.output<T>> {
  const result = schema.safeParse(input, { error: plainWords });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, errors: result.error.issues.flatMap(fieldErrors) };
}

type RawIssue = z.core.$ZodRawIssue;
type Issue = z.core.$ZodIssue;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

function plainWords(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const words = TYPE_WORDS[issue.expected] ?? `a value of type ${issue.expected}`;
      return issue.input === undefined ? `is required: ${words}` : `must be ${words}`;
    }
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(quoted).join(', ')}`;
    case 'too_small':
      return `must be ${limit(issue.origin, 'at least', issue.minimum, issue.inclusive === false)}`;
    case 'too_big':
      return `must be ${limit(issue.origin, 'at most', issue.maximum, issue.inclusive === false)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return 'is not a field of this object';
    case 'invalid_key':
      return 'is not a name that is allowed here';
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_element':
    case 'custom':
      return 'does not have the form that the API reference gives';
    default:
      return 'does not have the form that the API reference gives';
  }
}

function quoted(value: unknown): string {
  return JSON.stringify(value) ?? 'absent';
}

function limit(origin: string, words: string, bound: number | bigint, exclusive: boolean): string {
  if (origin === 'string') return `${words} ${bound} characters long`;
  if (origin === 'array' || origin === 'set') return `a list of ${words} ${bound}`;
  if (exclusive) return words === 'at least' ? `more than ${bound}` : `less than ${bound}`;
  return `${words} ${bound}`;
}

function fieldErrors(issue: Issue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: fieldPath([...issue.path, key]),
      message: issue.message,
      code: 'unknown_field',
    }));
  }
  return [{ path: fieldPath(issue.path), message: issue.message, code: codeOf(issue) }];
}

function codeOf(issue: Issue): string {
  if (issue.code === 'custom') {
    const code: unknown = issue.params?.code;
    return typeof code === 'string' ? code : 'invalid_value';
  }
  if (issue.code === 'invalid_type')
    return issue.message.startsWith('is required') ? 'required' : 'invalid_type';
  return 'invalid_value';
}

/**
 * `patient.consent.givenAt`, `treatment.areas[0]`; the body itself is the empty text. A name that does not
 * look like a field is shown as `?`: somebody may have put a phone number or a patient's name on the left
 * of the colon.
 */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const name = typeof step === 'string' && /^([A-Za-z][A-Za-z0-9_]{0,39}|\d{1,3})$/.test(step) ? step : '?';
    return text === '' ? name : `${text}.${name}`;
  }, '');
}
