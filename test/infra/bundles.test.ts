import { readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bundleOptionsOf } from '@aftercare/infra/lib/bundling';
import { buildSync, type Metafile } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import {
  actionsOf,
  deploymentWith,
  ofType,
  resourcesIn,
  resourcesOf,
  statementsOf,
  targetOf,
} from './synthesized.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = fileURLToPath(new URL('../../functions', import.meta.url));
const names = readdirSync(folder, { withFileTypes: true, recursive: false })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map((entry) => entry.name);

type Bundle = { readonly name: string; readonly text: string; readonly output: Metafile['outputs'][string] };

function bundleOf(name: string): Bundle {
  const built = buildSync({ ...bundleOptionsOf(name), write: false, metafile: true, outfile: 'index.cjs' });
  const [output] = Object.values(built.metafile.outputs);
  if (output === undefined) throw new Error('a bundle has one output');
  return { name, text: built.outputFiles[0]?.text ?? '', output };
}

const bundles = names.map(bundleOf);
const filesIn = ({ output }: Bundle): readonly string[] =>
  Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
const each = bundles.map((bundle) => [bundle.name, bundle] as const);

/**
 * KiB that a function may be (issue 8; docs/performance.md says what they are now). The SDK and zod are about
 * 300 of each; our code, content and the carrier's client make up the rest.
 */
const mostKib: Readonly<Record<string, number>> = {
  'delivery-status': 480,
  'inbound-message': 480,
  intake: 620,
  'send-reminder': 580,
  // The triage with its weights.
  'process-inbound': 850,
  'inbound-fallback': 480,
  'publish-events': 480,
};
const isForeign =
  /\.test\.ts$|\/test\/|adapters\/src\/memory|packages\/(local|cli)|vitest|fast-check|typescript\/|infra\//;
const mostKibOtherwise = 700;

describe('every bundle', () => {
  it.each(each)('of %s is no larger than it has to be', (name, { output }) => {
    expect(Math.ceil(output.bytes / 1024)).toBeLessThanOrEqual(mostKib[name] ?? mostKibOtherwise);
  });

  it.each(each)('of %s holds no test, memory adapter, emulator or development tool', (_name, bundle) => {
    const foreign = filesIn(bundle).filter((file) => isForeign.test(file));
    expect(foreign).toEqual([]);
  });

  it.each(each)('of %s leaves out the parts of Twilio and zod that nobody calls', (_name, bundle) => {
    const files = filesIn(bundle);
    const heavy = files.filter((file) =>
      /\/axios\/|twilio\/lib\/(rest\/Twilio|base\/BaseTwilio)\.js|jsonwebtoken/.test(file),
    );
    expect(heavy).toEqual([]);
    expect(files.filter((file) => /zod\/v4\/locales\/(?!en\.|index\.)/.test(file))).toEqual([]);
  });

  it.each(each)('of %s has every package once', (_name, bundle) => {
    const versions = new Map<string, Set<string>>();
    for (const file of filesIn(bundle)) {
      const [, folderName = '', packageName = ''] =
        /\.pnpm\/([^/]+)\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
      if (packageName === '') continue;
      versions.set(packageName, (versions.get(packageName) ?? new Set()).add(folderName));
    }
    const twice = [...versions].filter(([, folders]) => folders.size > 1).map(([packageName]) => packageName);
    expect(twice).toEqual([]);
    expect(versions.has('aws-sdk')).toBe(false);
  });

  it.each(each)('of %s asks Lambda for nothing but Node itself', (_name, { output }) => {
    const missing = output.imports.filter(({ path }) => !isBuiltin(path)).map(({ path }) => path);
    expect(missing).toEqual([]);
  });
});

const allowedBy: Readonly<Record<string, readonly string[]>> = {
  GetItemCommand: ['dynamodb:GetItem'],
  BatchGetItemCommand: ['dynamodb:BatchGetItem'],
  QueryCommand: ['dynamodb:Query'],
  PutItemCommand: ['dynamodb:PutItem'],
  // The client looks for its endpoint with it when told to, which it is not.
  DescribeEndpointsCommand: [],
  UpdateItemCommand: ['dynamodb:UpdateItem'],
  DeleteItemCommand: ['dynamodb:DeleteItem'],
  TransactWriteItemsCommand: [
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
    'dynamodb:ConditionCheckItem',
  ],
  SendMessageCommand: ['sqs:SendMessage'],
  SendMessageBatchCommand: ['sqs:SendMessage'],
  CreateScheduleCommand: ['scheduler:CreateSchedule', 'iam:PassRole'],
  DeleteScheduleCommand: ['scheduler:DeleteSchedule'],
  GetSecretValueCommand: ['secretsmanager:GetSecretValue'],
};
/** Used by Lambda itself on the function's behalf, or by a service under its key. */
const notByCode = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:DescribeStream',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
];

describe('what a role allows and what its function calls', () => {
  const [region] = deploymentWith().regions;
  if (region === undefined) throw new Error('a deployment has a region');
  const app = resourcesOf(region.app);
  const statements = statementsOf(app);
  const policyOf = (name: string): string => {
    const found = ofType(app, 'AWS::IAM::ManagedPolicy').find(
      ([, policy]) => policy.Properties.Description === `What aftercare-dev-${name} may do`,
    );
    if (found === undefined) throw new Error(`${name} has a policy`);
    return found[0];
  };
  const commandsIn = (bundle: Bundle): readonly string[] =>
    filesIn(bundle).flatMap((file) => /client-[\w-]+\/dist-es\/commands\/(\w+)\.js$/.exec(file)?.[1] ?? []);

  it.each(each)('%s may do nothing that its bundle does not call', (name, bundle) => {
    const commands = commandsIn(bundle);
    expect(commands.filter((command) => !(command in allowedBy))).toEqual([]);
    const callable = new Set(commands.flatMap((command) => allowedBy[command] ?? []));
    const granted = statements
      .filter(({ policy }) => policy === policyOf(name))
      .flatMap(({ statement }) => actionsOf(statement));
    expect(granted.length).toBeGreaterThan(4);
    const unused = granted.filter((action) => !callable.has(action) && !notByCode.includes(action));
    expect(unused).toEqual([]);
  });

  it.each(each)('%s may do all that its code does, on those queues and schedules only', (name, bundle) => {
    const done = whatCodeDoes(bundle);
    const granted = statements
      .filter(({ policy }) => policy === policyOf(name))
      .map(({ statement }) => statement);
    const actions = granted.flatMap(actionsOf);
    const ofService = (service: string) => actions.filter((action) => action.startsWith(service)).sort();
    const isStream = actions.includes('dynamodb:GetRecords');
    if (!isStream) expect([...new Set(ofService('dynamodb:'))]).toEqual(done.table);
    expect(ofService('scheduler:')).toEqual(done.schedules);
    const sendsTo = granted
      .filter((statement) => actionsOf(statement).includes('sqs:SendMessage'))
      .flatMap(resourcesIn)
      .map((arn) => queueNameOf(arn))
      .filter((queue) => !queue.endsWith('-dlq'));
    expect(sendsTo.sort()).toEqual(done.queues);
  });

  function queueNameOf(arn: unknown): string {
    const queue = ofType(app, 'AWS::SQS::Queue').find(([id]) => targetOf(arn).includes(`"${id}"`));
    return queue?.[1].Properties.QueueName.replace('aftercare-dev-', '') ?? '';
  }
});

const tableActions: Readonly<Record<string, string>> = {
  get: 'dynamodb:GetItem',
  getAll: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  workDue: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  check: 'dynamodb:ConditionCheckItem',
};

/**
 * What is left of the use cases after esbuild dropped what this function cannot reach. Relies on the house
 * style: effects are called as `system.<port>.<method>(` and writes and queues are named in place.
 */
function whatCodeDoes({ text }: Bundle) {
  const all = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);
  const touched = [
    ...all(/\.table\.(get|getAll|query|workDue)\(/g),
    ...all(/\bwrite:"(put|update|delete|check)"/g),
  ];
  const scheduled = all(/\.schedules\.(create|remove)\(/g);
  return {
    table: [...new Set(touched.map((word) => tableActions[word] ?? word))].sort(),
    schedules: [
      ...(scheduled.includes('create') ? ['scheduler:CreateSchedule'] : []),
      ...(scheduled.includes('remove') ? ['scheduler:DeleteSchedule'] : []),
    ],
    queues: [...new Set(all(/\.queues\.enqueue(?:All)?\("([\w-]+)"/g))].sort(),
  };
}
