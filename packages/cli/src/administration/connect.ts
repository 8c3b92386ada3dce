import { createDynamoClient } from '@aftercare/adapters/dynamodb/client';
import { createDynamoTable } from '@aftercare/adapters/dynamodb/table';
import { createDynamoTableScan } from '@aftercare/adapters/dynamodb/table-scan';
import { hideExpired } from '@aftercare/adapters/expiry/hide-expired';
import { createSchedulerClient } from '@aftercare/adapters/scheduler/client';
import { createSchedules } from '@aftercare/adapters/scheduler/schedules';
import { createSecretsManagerClient } from '@aftercare/adapters/secrets/client';
import { createSecretsManagerSecrets } from '@aftercare/adapters/secrets/secrets-manager';
import { systemClock } from '@aftercare/adapters/system/clock';
import { systemRandom } from '@aftercare/adapters/system/random';
import { createTwilioSms } from '@aftercare/adapters/twilio/sms';
import { connectDynamoDb } from '@aftercare/local/embedded-dynamodb/local-table';
import { readLocalSecrets } from '@aftercare/local/runtime/local-secrets';
import { composeSystem } from '@aftercare/local/runtime/system';
import { addSeconds, parseInstant, secondsBetween } from '@aftercare/time/instant';
import type { TableScan } from '@aftercare/usecases/clinic-admin/table-scan';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import type { Clock, Log, Metrics, Queues, Secrets, System } from '@aftercare/usecases/ports';
import { z } from 'zod';

/** What administration works on: AWS, any DynamoDB, or the local runtime that runs on this machine. */
export type AdminSystem = Pick<
  System,
  'table' | 'sms' | 'schedules' | 'queues' | 'secrets' | 'clock' | 'random' | 'log' | 'metrics' | 'settings'
> & {
  readonly scan: TableScan;
  readonly clinics: ReturnType<typeof createClinicDirectory>;
  /** Whether a text could be sent and its delivery heard of; on AWS that takes PUBLIC_BASE_URL. */
  readonly canText: boolean;
};

export type Connection =
  | { readonly ok: true; readonly system: AdminSystem; readonly where: string }
  | { readonly ok: false; readonly message: string };

export type Environment = { readonly [name: string]: string | undefined };

const localTableName = 'aftercare';
const defaultPort = '8787';
const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
const silentMetrics: Metrics = { count: () => {}, seconds: () => {} };

/**
 * TABLE_NAME alone: AWS, with SECRET_ID for what needs secrets. DYNAMODB_ENDPOINT: that database, TABLE_NAME
 * or `aftercare`. Neither: the local runtime on PORT, whose clock is used. The secrets of a local folder are
 * read from LOCAL_DATA.
 */
export async function connect(environment: Environment): Promise<Connection> {
  const { DYNAMODB_ENDPOINT: endpoint, TABLE_NAME: tableName } = environment;
  if (endpoint !== undefined && endpoint !== '') return connectEndpoint(environment, endpoint);
  if (tableName !== undefined && tableName !== '') return connectAws(environment, tableName);
  return connectLocalRuntime(environment);
}

function connectAws(environment: Environment, tableName: string): Connection {
  const client = createDynamoClient();
  const secrets = awsSecrets(environment);
  const table = hideExpired(createDynamoTable({ client, tableName }), systemClock);
  const system: AdminSystem = {
    table,
    scan: createDynamoTableScan({ client, tableName }),
    secrets,
    sms: createTwilioSms({
      secrets,
      publicBaseUrl: environment.PUBLIC_BASE_URL ?? 'https://callbacks.invalid',
    }),
    // Without the group, schedules of an erased session stay; they fire, find no row and do nothing.
    schedules:
      environment.SCHEDULE_GROUP === undefined
        ? { create: refuse('create schedules'), remove: async () => 'absent' }
        : createSchedules({
            client: createSchedulerClient(),
            groupName: environment.SCHEDULE_GROUP,
            roleArn: '',
            queueArns: {},
            deadLetterArn: '',
          }),
    queues: noQueues,
    canText: environment.PUBLIC_BASE_URL !== undefined,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    metrics: silentMetrics,
    settings: { carrier: 'live' },
    clinics: createClinicDirectory({ table, clock: systemClock, secrets }),
  };
  return { ok: true, system, where: `table ${tableName} on AWS` };
}

function awsSecrets(environment: Environment): Secrets {
  const secretId = environment.SECRET_ID;
  if (secretId === undefined) return { current: refuse('read secrets: set SECRET_ID to the system secret') };
  return createSecretsManagerSecrets({
    client: createSecretsManagerClient(),
    secretId,
    clock: systemClock,
  });
}

const noQueues: Queues = { enqueue: refuse('use queues'), enqueueAll: refuse('use queues') };

/** A port that this connection does not have; using it is one clear sentence. */
function refuse(what: string): () => Promise<never> {
  return async () => {
    throw new AdministrationRefusal(`This command line cannot ${what} here.`);
  };
}

/** A failure whose message is for the operator as it is. */
export class AdministrationRefusal extends Error {
  override readonly name = 'AdministrationRefusal';
}

function connectEndpoint(environment: Environment, endpoint: string): Connection {
  if (!URL.canParse(endpoint)) {
    return { ok: false, message: 'DYNAMODB_ENDPOINT must be an address such as http://127.0.0.1:8000.' };
  }
  const tableName = environment.TABLE_NAME ?? localTableName;
  const nowhere = 'http://127.0.0.1:1';
  return compose(environment, {
    clock: systemClock,
    database: endpoint,
    tableName,
    endpoints: { scheduler: nowhere, sqs: nowhere, twilio: nowhere, publicBaseUrl: nowhere },
    schedules: { create: refuse('create schedules'), remove: async () => 'absent' },
    where: `table ${tableName} at ${endpoint}`,
  });
}

const localInfo = z.object({
  live: z.boolean(),
  endpoints: z.object({
    api: z.string(),
    dynamodb: z.string(),
    scheduler: z.string(),
    sqs: z.string(),
    twilio: z.string(),
  }),
});
const localClock = z.object({ now: z.string() });

async function connectLocalRuntime(environment: Environment): Promise<Connection> {
  const base = `http://127.0.0.1:${environment.PORT ?? defaultPort}`;
  const [info, clock] = await Promise.all([ask(`${base}/local/info`), ask(`${base}/local/clock`)]);
  const readInfo = localInfo.safeParse(info);
  const now = parseInstant(localClock.safeParse(clock).data?.now ?? '');
  if (!readInfo.success || now === undefined) {
    return {
      ok: false,
      message:
        `No local runtime answers at ${base}. Start it (npx pnpm@12 start), or set PORT to its port, ` +
        'or set TABLE_NAME (a deployment on AWS) or DYNAMODB_ENDPOINT.',
    };
  }
  const { endpoints } = readInfo.data;
  const ahead = secondsBetween(systemClock.now(), now);
  return compose(environment, {
    clock: { now: () => addSeconds(systemClock.now(), ahead) },
    database: endpoints.dynamodb,
    tableName: localTableName,
    endpoints: { ...endpoints, publicBaseUrl: endpoints.api },
    where: `the local runtime at ${base}`,
  });
}

type LocalParts = {
  readonly clock: Clock;
  readonly database: string;
  readonly tableName: string;
  readonly endpoints: Parameters<typeof composeSystem>[0]['endpoints'];
  readonly schedules?: System['schedules'];
  readonly where: string;
};

function compose(environment: Environment, parts: LocalParts): Connection {
  const folder = environment.LOCAL_DATA ?? '.local';
  const database = connectDynamoDb(parts.database);
  const secrets: Secrets =
    environment.SECRET_ID === undefined ? localSecrets(folder) : awsSecrets(environment);
  const { system } = composeSystem({
    database,
    tableName: parts.tableName,
    endpoints: parts.endpoints,
    secrets: unusedSecrets,
    clock: parts.clock,
    log: silentLog,
    metrics: silentMetrics,
    live: undefined,
  });
  const sms = createTwilioSms({
    secrets,
    publicBaseUrl: parts.endpoints.publicBaseUrl,
    baseUrl: parts.endpoints.twilio,
  });
  return {
    ok: true,
    where: parts.where,
    system: {
      ...system,
      ...(parts.schedules === undefined ? {} : { schedules: parts.schedules }),
      sms,
      canText: parts.schedules === undefined,
      secrets,
      scan: createDynamoTableScan({ client: database, tableName: parts.tableName }),
      clinics: createClinicDirectory({ table: system.table, clock: parts.clock, secrets }),
    },
  };
}

/** `composeSystem` wants them at once; ours are read when a command needs them. */
const unusedSecrets = { twilioAccountSid: '', twilioAuthTokens: [], phonePepper: '', dataKeys: [] };

function localSecrets(folder: string): Secrets {
  return {
    async current() {
      const read = readLocalSecrets(folder);
      if (!read.ok) throw new AdministrationRefusal(read.message);
      return read.secrets.system;
    },
  };
}

async function ask(address: string): Promise<unknown> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(3000) });
    return await answer.json();
  } catch {
    return undefined;
  }
}
