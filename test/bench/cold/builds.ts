import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleOptionsOf } from '@aftercare/infra/lib/bundling';
import { type BuildOptions, buildSync, type Metafile } from 'esbuild';
import type { BareCall } from './issue-calls.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

export type Built = { readonly file: string; readonly bytes: number; readonly metafile: Metafile };

export function build(file: string, options: BuildOptions): Built {
  const { metafile } = buildSync({ ...options, outfile: file, metafile: true, logLevel: 'error' });
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error('A bundle has one output');
  return { file, bytes: output.bytes, metafile };
}

/** What ES modules need for the CommonJS parts inside them, and what is ours anyway. */
const withRequire = {
  js:
    "import { createRequire as makeRequire } from 'node:module';" +
    'const require = makeRequire(import.meta.url);globalThis.__zod_globalConfig={jitless:true};',
};
export const asModule: BuildOptions = { format: 'esm', banner: withRequire, supported: {} };

/** As it is deployed, with some options changed. */
export function buildFunction(folder: string, name: string, label: string, change: BuildOptions = {}): Built {
  const extension = change.format === 'esm' ? 'mjs' : 'cjs';
  return build(join(folder, `${name}.${label}.${extension}`), { ...bundleOptionsOf(name), ...change });
}

/** What a project would get that bundles with the tool's own settings and imports packages whole. */
export const naive: BuildOptions = {
  ...asModule,
  minify: false,
  mainFields: ['main'],
  alias: {},
  ignoreAnnotations: true,
  treeShaking: false,
  inject: [`${here}whole-packages.ts`],
};

/** Starts as fast as Node does. */
export function buildEmpty(folder: string): Built {
  const entry = join(folder, 'empty.entry.ts');
  writeFileSync(entry, 'export const handler = async () => ({ statusCode: 200 });\n');
  return build(join(folder, 'empty.cjs'), { ...bundleOptionsOf('intake'), entryPoints: [entry] });
}

/** The SDK as it comes: minified ES modules, `module` before `main`, the whole chain of credentials. */
export const asItComes: BuildOptions = { ...asModule, alias: {} };

const clientOf = {
  dynamodb: ['client-dynamodb', 'DynamoDBClient'],
  scheduler: ['client-scheduler', 'SchedulerClient'],
  sqs: ['client-sqs', 'SQSClient'],
  secrets: ['client-secrets-manager', 'SecretsManagerClient'],
} as const;

/**
 * The clients and commands of these calls, nothing else: it only issues them. `change` is for the choices of
 * our own bundling that make the SDK faster too.
 */
export function buildBare(
  folder: string,
  name: string,
  calls: readonly BareCall[],
  label: string,
  change: BuildOptions,
): Built {
  const used = new Map<string, Set<string>>();
  for (const { service, operation } of calls) {
    if (service !== 'twilio') used.set(service, (used.get(service) ?? new Set()).add(operation));
  }
  const services = Object.entries(clientOf).filter(([service]) => used.has(service));
  const imports = services.map(([service, [library, client]]) => {
    const commands = [...(used.get(service) ?? [])].map((operation) => `${operation}Command`);
    return `import { ${[client, ...commands].join(', ')} } from '@aws-sdk/${library}';`;
  });
  const clients = services.map(([service, [, client]]) => `  ${service}: new ${client}(),`);
  const commands = services.flatMap(([service]) =>
    [...(used.get(service) ?? [])].map((operation) => `  ${operation}: ${operation}Command,`),
  );
  const entry = join(folder, `${name}.bare.entry.ts`);
  const lines = [
    ...imports,
    `import { issuing } from '${here}issue-calls.ts';`,
    `const clients = {\n${clients.join('\n')}\n};`,
    `const commands = {\n${commands.join('\n')}\n};`,
    'export const handler = issuing(clients, commands);',
  ];
  writeFileSync(entry, `${lines.join('\n')}\n`);
  const extension = change.format === 'esm' ? 'mjs' : 'cjs';
  return build(join(folder, `${name}.${label}.${extension}`), {
    ...bundleOptionsOf(name),
    ...change,
    entryPoints: [entry],
    nodePaths: [`${repository}packages/adapters/node_modules`],
  });
}
