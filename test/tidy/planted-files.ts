/** A file that breaks one rule and the rule's words; or one that nearly does, and `undefined`. */
export type Case = [name: string, path: string, text: string, says: string | undefined];

const lines = (count: number) => 'x();\n'.repeat(count);

export const importCases: Case[] = [
  [
    'pure → impure',
    'packages/triage/src/a.ts',
    "import '@aftercare/usecases/ports';",
    'triage imports usecases',
  ],
  ['pure upwards', 'packages/time/src/a.ts', "import { x } from '@aftercare/sms/y';", 'time imports sms'],
  [
    'siblings in the wrong order',
    'packages/protocol/src/a.ts',
    "import '@aftercare/triage/x';",
    'protocol imports triage',
  ],
  [
    'alerts may only know time',
    'packages/alerts/src/a.ts',
    "import type { X } from '@aftercare/sms/x';",
    'alerts imports sms',
  ],
  [
    'usecases → adapters',
    'packages/usecases/src/a.ts',
    "import '@aftercare/adapters/sqs/queues';",
    'usecases imports adapters',
  ],
  [
    'adapter → adapter',
    'packages/adapters/src/sqs/a.ts',
    "import '../twilio/sms.ts';",
    'adapter sqs imports adapter twilio',
  ],
  [
    'adapter → adapter by package',
    'packages/adapters/src/sqs/b.ts',
    "import '@aftercare/adapters/twilio/sms';",
    'imports adapter twilio',
  ],
  [
    'function → function',
    'functions/intake/a.ts',
    "import '../sweep/handler.ts';",
    'function intake imports function sweep',
  ],
  ['anything → infra', 'packages/local/src/a.ts', "import '@aftercare/infra/lib/x';", 'local imports infra'],
  ['anything → cli', 'packages/local/src/b.ts', "await import('@aftercare/cli/x');", 'local imports cli'],
  [
    'production → test',
    'packages/cli/src/a.ts',
    "import '@aftercare/test/world/x';",
    'production code imports a test',
  ],
  [
    'production → test beside it',
    'packages/time/src/b.ts',
    "import './zone.test.ts';",
    'production code imports a test',
  ],
  [
    'infra runs a function',
    'infra/lib/a.ts',
    "import { env } from '@aftercare/functions/intake/env';",
    'infra runs code',
  ],
  [
    'infra knows logic',
    'infra/lib/b.ts',
    "import type { H } from '@aftercare/functions/intake/handler';",
    'infra imports',
  ],
  ['infra knows rules', 'infra/lib/c.ts', "import { d } from '@aftercare/time/instant';", 'infra imports'],
  [
    'out by path',
    'packages/time/src/c.ts',
    "export { x } from '../../sms/src/encoding.ts';",
    'leaves its workspace',
  ],
  [
    'by a type in a type',
    'packages/time/src/d.ts',
    "export type X = import('@aftercare/sms/x').X;",
    'time imports sms',
  ],
  ['env as a type', 'infra/lib/d.ts', "import type { E } from '@aftercare/functions/intake/env';", undefined],
  ['env as types', 'infra/lib/e.ts', "import { type E } from '@aftercare/functions/intake/env';", undefined],
  [
    'the table definition',
    'infra/lib/f.ts',
    "import { t } from '@aftercare/adapters/dynamodb/table-definition';",
    undefined,
  ],
  ['downwards', 'packages/conversation/src/a.ts', "import { x } from '@aftercare/time/instant';", undefined],
  [
    'an adapter test with the memory log',
    'packages/adapters/src/sqs/d.test.ts',
    "import '../memory/log.ts';",
    undefined,
  ],
  ['inside an adapter', 'packages/adapters/src/sqs/c.ts', "import './client.ts';", undefined],
  ['a test reaches what it likes', 'test/world/a.ts', "import '@aftercare/local/runtime/x';", undefined],
];

export const purityCases: Case[] = [
  ['the wall clock', 'packages/reminders/src/a.ts', 'export const t = Date.now();', 'uses Date.now'],
  ['the wall clock by new', 'packages/usecases/src/b.ts', 'export const t = new Date();', 'new Date()'],
  ['chance', 'packages/usecases/src/c.ts', 'export const r = () => Math.random();', 'uses Math.random'],
  ['environment', 'packages/sms/src/a.ts', 'export const e = process.env.TWILIO;', 'uses process.env'],
  ['timers', 'packages/usecases/src/d.ts', 'setTimeout(() => 1, 5);', 'uses setTimeout'],
  ['async', 'packages/alerts/src/b.ts', 'export const f = async () => 1;', 'uses async'],
  [
    'a promise',
    'packages/alerts/src/c.ts',
    'export const f = () => Promise.resolve(1);',
    'uses Promise.resolve',
  ],
  [
    'aws in a use case',
    'packages/usecases/src/e.ts',
    "import '@aws-sdk/client-sqs';",
    'imports @aws-sdk/client-sqs',
  ],
  ['twilio in a pure package', 'packages/triage/src/b.ts', "import twilio from 'twilio';", 'imports twilio'],
  ['files', 'packages/protocol/src/b.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs'],
  [
    'random bytes',
    'packages/contract/src/a.ts',
    "import { randomUUID } from 'node:crypto';",
    'imports randomUUID',
  ],
  [
    'a hash is plain arithmetic',
    'packages/contract/src/b.ts',
    "import { createHmac } from 'node:crypto';",
    undefined,
  ],
  [
    'unpacking is plain arithmetic',
    'packages/triage/src/c.ts',
    "import { brotliDecompressSync } from 'node:zlib';",
    undefined,
  ],
  [
    'unpacking later',
    'packages/triage/src/d.ts',
    "import { brotliDecompress } from 'node:zlib';",
    'imports brotliDecompress',
  ],
  [
    'a date from a number',
    'packages/time/src/e.ts',
    'export const d = (ms: number) => new Date(ms);',
    undefined,
  ],
  ['a use case awaits', 'packages/usecases/src/f.ts', 'export async function f() { await g(); }', undefined],
  ['its tests may', 'packages/time/src/e.test.ts', 'export const t = Date.now();', undefined],
  ['the shell may', 'packages/local/src/c.ts', 'export const t = Date.now();', undefined],
];

export const escapeCases: Case[] = [
  [
    'a cast',
    'packages/cli/src/b.ts',
    'export const a = (x: unknown) => x as string;',
    'casts by `as string`',
  ],
  ['an old cast', 'packages/cli/src/c.ts', 'export const a = (x: unknown) => <string>x;', 'casts by'],
  [
    'a second file of the adapter',
    'packages/adapters/src/twilio/sms.ts',
    'export const a = x as Y;',
    'casts by',
  ],
  ['any', 'packages/cli/src/d.ts', 'export const a = (x: any) => x;', 'uses `any`'],
  [
    'non-null',
    'packages/cli/src/e.ts',
    'export const a = (x?: string) => x!.length;',
    'asserts that `x!` exists',
  ],
  ['default export', 'packages/cli/src/f.ts', 'export default function f() {}', 'default export'],
  ['default expression', 'packages/cli/src/g.ts', 'const a = 1;\nexport default a;', 'default export'],
  [
    'a barrel',
    'packages/cli/src/h.ts',
    "export { x } from './b.ts';\nexport { y } from './c.ts';",
    're-exports',
  ],
  ['a star', 'packages/cli/src/i.ts', "export * from './b.ts';\nexport const z = 1;", 're-exports'],
  ['a directive', 'packages/cli/src/j.ts', '// @ts-ignore\nx();', '@ts-ignore'],
  ['as const', 'packages/cli/src/k.ts', "export const a = ['b'] as const;", undefined],
  ['a default case', 'packages/cli/src/l.ts', 'switch (x) { default: y(); }', undefined],
  [
    'the deep import of Twilio',
    'packages/adapters/src/twilio/message-resource.ts',
    'export const a = x as Y;',
    undefined,
  ],
  ['a test casts', 'test/world/b.ts', 'export const a = x as Y;', undefined],
];

export const sizeCases: Case[] = [
  ['a long file', 'packages/cli/src/m.ts', lines(301), '301 lines'],
  ['a long function', 'packages/cli/src/n.ts', `function f() {\n${lines(69)}}`, 'function f has 71 lines'],
  ['a long arrow', 'packages/cli/src/o.ts', `const g = () => {\n${lines(69)}};`, 'function g has 71 lines'],
  ['a long line', 'packages/cli/src/p.ts', `x();\n// ${'a'.repeat(108)}`, 'line 2'],
  ['a long helper of tests', 'test/world/c.ts', `function f() {\n${lines(69)}}`, 'function f has 71 lines'],
  ['exactly enough', 'packages/cli/src/q.ts', `function f() {\n${lines(68)}}\n${lines(230)}`, undefined],
  ['an address', 'packages/cli/src/r.ts', `// https://example.com/${'a'.repeat(120)}`, undefined],
  [
    'a describe',
    'packages/cli/src/s.test.ts',
    `describe('x', () => {\nit('y', () => {});\n${lines(80)}});`,
    undefined,
  ],
  ['a stack', 'infra/lib/g.ts', `class A extends cdk.Stack {\nconstructor() {\n${lines(80)}}\n}`, undefined],
];

export const testCases: Case[] = [
  [
    'skipped',
    'test/world/d.test.ts',
    "it.skip('x', () => { expect(1).toBe(1); });",
    'it.skip leaves a test out',
  ],
  ['alone', 'test/world/e.test.ts', "describe.only('x', () => { expect(1).toBe(1); });", 'leaves a test out'],
  ['later', 'test/world/f.test.ts', "it.todo('x'); expect(1).toBe(1);", 'leaves a test out'],
  [
    'sometimes',
    'test/world/g.test.ts',
    "it.skipIf(x)('x', () => { expect(1).toBe(1); });",
    'leaves a test out',
  ],
  ['asserts nothing', 'test/world/h.test.ts', "it('x', () => { f(); });", 'has no assertion'],
  [
    'sleeps',
    'test/world/i.test.ts',
    "it('x', () => { setTimeout(f, 5); expect(1).toBe(1); });",
    'wall clock',
  ],
  ['mocks a module', 'test/world/j.test.ts', "vi.mock('./x.ts'); expect(1).toBe(1);", 'ties the test'],
  ['fine', 'test/world/k.test.ts', "it.each([1])('%i', (n) => { expect(n).toBe(1); });", undefined],
];
