/** As much of an OpenAPI 3.1 document as the reference shows. */

export type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
};

export type Example = { readonly $ref?: string; readonly summary?: string; readonly value?: unknown };
export type Media = { readonly schema?: Schema; readonly examples?: Readonly<Record<string, Example>> };
export type Content = Readonly<Record<string, Media>>;

export type Operation = {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
};

export type OpenApi = {
  readonly info: { readonly title: string; readonly summary?: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly examples: Readonly<Record<string, Example>>;
  };
};

export type Call = { readonly method: string; readonly path: string; readonly operation: Operation };

const methods = ['get', 'post', 'put', 'delete'];

/** The operations of a tag, in the order of the document. */
export function callsOf(document: OpenApi, tag: string): readonly Call[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      const belongs = operation?.tags?.includes(tag) === true;
      return operation === undefined || !belongs ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
  );
}

/** `Treatment` for `#/components/schemas/Treatment`. */
export const nameOf = (reference: string): string => reference.split('/').at(-1) ?? reference;

/** The schema itself, its reference followed. */
export function schemaOf(document: OpenApi, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return document.components.schemas[nameOf(schema.$ref)] ?? {};
}

export function exampleOf(document: OpenApi, example: Example): Example {
  if (example.$ref === undefined) return example;
  return document.components.examples[nameOf(example.$ref)] ?? {};
}

/** What a value may be, in a line: `text, 1 to 80 characters`, `pen or rf`, `list of Treatment`. */
export function kindOf(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(kindOf).join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.type === 'array') {
    const items = schema.items === undefined ? 'values' : kindOf(schema.items);
    return `list of ${items}${range(schema.minItems, schema.maxItems, '')}`;
  }
  const type = [schema.type ?? 'any'].flat().join(' or ');
  const format = schema.format === undefined ? '' : ` (${schema.format})`;
  const limits =
    range(schema.minimum, schema.maximum, '') + range(schema.minLength, schema.maxLength, ' characters');
  return `${type}${format}${limits}`;
}

function range(from: number | undefined, to: number | undefined, unit: string): string {
  const upper = to === undefined || to >= Number.MAX_SAFE_INTEGER ? undefined : to;
  if (from === undefined && upper === undefined) return '';
  if (upper === undefined) return from === undefined || from <= -1 ? '' : `, from ${from}${unit}`;
  return `, ${from ?? 0} to ${upper}${unit}`;
}
