import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemKinds } from '../problem.ts';
import { readSessionRequest } from '../session-request.ts';
import { apiDocument, apiDocumentText } from './document.ts';
import { exampleSession } from './examples.ts';

const document = apiDocument();

describe('the OpenAPI document', () => {
  it('is the committed one: run `npx pnpm@12 openapi` after a change of a schema', () => {
    const committed = readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');
    expect(apiDocumentText()).toBe(committed);
  });

  it('shows a session that the code itself accepts', () => {
    const rules = {
      now: '2026-11-21T17:00:00.000Z',
      window: { opens: '09:00', closes: '20:00' },
      locationIds: ['brickell'],
    } as const;
    expect(readSessionRequest(exampleSession, rules)).toMatchObject({ ok: true });
  });

  it('has an example of every error', () => {
    const examples = Object.keys(document.components?.examples ?? {});
    expect(examples.sort()).toEqual(
      problemKinds()
        .map(({ kind }) => kind.replaceAll('-', '_'))
        .sort(),
    );
  });

  it('shows an example for every answer that has a body', () => {
    const answers = operations().flatMap(({ name, operation }) =>
      Object.entries(operation.responses ?? {}).map(([status, response]) => ({ name, status, response })),
    );
    expect(answers.length).toBeGreaterThan(60);
    for (const { name, status, response } of answers) {
      for (const [type, media] of Object.entries(response.content ?? {})) {
        const shown = media.examples === undefined ? 0 : Object.keys(media.examples).length;
        if (name !== 'health') expect(shown, `${name} ${status} ${type}`).toBeGreaterThan(0);
      }
    }
  });

  it('requires a signature on every call but /health', () => {
    expect(document.security).toEqual([{ webhookId: [], webhookTimestamp: [], webhookSignature: [] }]);
    const open = operations().filter(({ operation }) => operation.security !== undefined);
    expect(open.map(({ name }) => name)).toEqual(['health']);
  });
});

type Shown = { operationId?: string; security?: unknown; responses?: Record<string, Answer> };
type Answer = { content?: Record<string, { examples?: object }> };

function operations(): { name: string; operation: Shown }[] {
  const paths = JSON.parse(JSON.stringify(document.paths)) as Record<string, Record<string, Shown>>;
  return Object.values(paths)
    .flatMap((path) => Object.values(path))
    .map((operation) => ({ name: operation.operationId ?? '', operation }));
}
