import * as z from 'zod/mini';

/**
 * Whether a schema's `parse` would answer with what it was given, without running it: `false` says that only
 * the schema itself can tell. Schemas that change values (defaults, transforms, checks that overwrite) have
 * none.
 */
export type FineAsItIs = (value: unknown) => boolean;

/** Texts and numbers whose check is not known here are asked once each; so many are remembered. */
const mostRemembered = 20_000;

/** The test for a schema; built once, as schemas never change. */
export function fineAsItIs(schema: z.core.$ZodType): FineAsItIs {
  const built = tests.get(schema);
  if (built !== undefined) return built;
  const test = build(schema);
  tests.set(schema, test);
  return test;
}

const tests = new WeakMap<z.core.$ZodType, FineAsItIs>();

function build(schema: z.core.$ZodType): FineAsItIs {
  if ((schema._zod.def.checks ?? []).length > 0) return never;
  if (schema instanceof z.ZodMiniOptional) {
    const inner = fineAsItIs(schema.def.innerType);
    return (value) => value === undefined || inner(value);
  }
  if (schema instanceof z.ZodMiniString) return isPlain(schema.def) ? isText : never;
  if (schema instanceof z.ZodMiniBoolean) return (value) => value === true || value === false;
  if (schema instanceof z.ZodMiniNumberFormat)
    return schema.def.format === 'safeint' ? Number.isSafeInteger : never;
  if (schema instanceof z.ZodMiniEnum || schema instanceof z.ZodMiniLiteral) {
    const { values } = schema._zod;
    return values === undefined ? never : (value) => values.has(value as never);
  }
  if (schema instanceof z.ZodMiniCustom) return rememberedBy(schema);
  if (schema instanceof z.ZodMiniArray) return everyEntry(fineAsItIs(schema.def.element));
  if (schema instanceof z.ZodMiniObject) return everyMember(schema);
  return never;
}

/** Neither a format nor a conversion. */
const isPlain = (def: object): boolean => !('format' in def || 'coerce' in def);
const never: FineAsItIs = () => false;
const isText: FineAsItIs = (value) => typeof value === 'string';

/** A custom check says yes or no to a value and changes nothing; to the same text it says the same again. */
function rememberedBy(schema: z.ZodMiniCustom): FineAsItIs {
  const fine = new Set<unknown>();
  return (value) => {
    if (fine.has(value)) return true;
    if (!z.safeParse(schema, value).success) return false;
    if (typeof value !== 'string') return true;
    if (fine.size >= mostRemembered) fine.clear();
    fine.add(value);
    return true;
  };
}

function everyEntry(isFine: FineAsItIs): FineAsItIs {
  const known = new WeakSet<object>();
  return (value) => {
    if (!Array.isArray(value)) return false;
    if (known.has(value)) return true;
    for (const entry of value) if (!isFine(entry)) return false;
    if (value.length > 0 && Object.isFrozen(value)) known.add(value);
    return true;
  };
}

/** All members that must be there, and none that the schema does not know: `parse` would leave it out. */
function everyMember(schema: z.ZodMiniObject): FineAsItIs {
  if (schema.def.catchall !== undefined) return never;
  const members = new Map<string, { readonly isFine: FineAsItIs; readonly isRequired: boolean }>();
  let required = 0;
  for (const [name, member] of Object.entries(schema.def.shape)) {
    const isRequired = member._zod.optin === undefined;
    members.set(name, { isFine: fineAsItIs(member), isRequired });
    if (isRequired) required += 1;
  }
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let found = 0;
    for (const name in value) {
      const member = members.get(name);
      if (member?.isFine((value as Readonly<Record<string, unknown>>)[name]) !== true) return false;
      if (member.isRequired) found += 1;
    }
    return found === required;
  };
}
