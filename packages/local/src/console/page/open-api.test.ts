import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callsOf, exampleOf, kindOf, type OpenApi, schemaOf } from './open-api.ts';

const file = new URL('../../../../../docs/openapi.json', import.meta.url);
const api: OpenApi = JSON.parse(readFileSync(file, 'utf8'));

describe('the API reference', () => {
  it('leaves no call out: each stands under one of the tags', () => {
    const shown = api.tags.flatMap((tag) => callsOf(api, tag.name).map((call) => call.operation.operationId));
    const all = Object.values(api.paths).flatMap((item) =>
      Object.values(item).map((operation) => operation.operationId),
    );
    expect(shown.toSorted()).toEqual(all.toSorted());
  });

  it('has an example for every body, answer and error', () => {
    const bare = Object.entries(api.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { requestBody, responses }]) =>
        [requestBody, ...Object.values(responses)].flatMap((part) => {
          const media = Object.values(part?.content ?? {});
          const examples = media.flatMap((one) => Object.values(one.examples ?? {}));
          const shown = examples.filter((example) => exampleOf(api, example).value !== undefined);
          return media.length === 0 || shown.length > 0 || path === '/health' ? [] : [`${method} ${path}`];
        }),
      ),
    );
    expect(bare).toEqual([]);
  });

  it('finds every shape that is named', () => {
    const names = [...JSON.stringify(api).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
      (match) => match[1],
    );
    for (const name of new Set(names)) {
      expect(Object.keys(schemaOf(api, { $ref: `#/components/schemas/${name}` }))).not.toEqual([]);
    }
  });

  it.each([
    [{ type: 'string', minLength: 1, maxLength: 80 }, 'string, 1 to 80 characters'],
    [
      { type: 'array', minItems: 1, maxItems: 13, items: { enum: ['face', 'neck'] } },
      'list of face | neck, 1 to 13',
    ],
    [{ anyOf: [{ type: 'number', minimum: 0.1, maximum: 4 }, { type: 'null' }] }, 'number, 0.1 to 4 or null'],
    [{ $ref: '#/components/schemas/Treatment' }, 'Treatment'],
    [{ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, 'integer, from 1'],
    [{ const: 'ok' }, '"ok"'],
  ])('says what %j may be', (schema, words) => expect(kindOf(schema)).toBe(words));
});
