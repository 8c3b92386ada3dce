import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { instantFromEpochMs } from '@aftercare/time/instant';
import { createClinicDirectory } from '@aftercare/usecases/clinics';
import type { System } from '@aftercare/usecases/ports';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { MovableClock } from '../clock/movable-clock.ts';
import { createTimekeeper, type Timekeeper } from '../clock/timekeeper.ts';
import { startDynamoDb } from '../embedded-dynamodb/embedded-dynamodb.ts';
import { connectDynamoDb, localCredentials, localRegion } from '../embedded-dynamodb/local-table.ts';
import type { AccountNumber } from '../twilio-emulator/account.ts';
import { accountNumbers } from './account-numbers.ts';
import { coalesced } from './changes.ts';
import { answerControl, type ControlParts, type LocalInfo } from './control-api.ts';
import { type Emulators, startEmulators } from './emulators.ts';
import { ensureClinic } from './ensure-clinic.ts';
import { type Foundation, layFoundation } from './foundation.ts';
import { createFunctionHandlers, type FunctionHandlers } from './function-handlers.ts';
import { createApi, type LocalPages } from './http-api.ts';
import type { LiveAccount } from './live-mode.ts';
import { createLocalMetrics } from './local-log.ts';
import { createMessageLog } from './message-log.ts';
import { createDailyTimer, createSweepTimer } from './periodic-work.ts';
import { createQueuePoller } from './queue-poller.ts';
import { type Closers, createClosers, required, StartFailure } from './start-failure.ts';
import { consumedSequence, createStreamPoller } from './stream-poller.ts';
import { composeSystem, createSystemQueues, queueNames } from './system.ts';

export type RuntimeOptions = {
  /** LOCAL_DATA. */
  readonly folder: string;
  /** Of the API and the console; 0 for a free one. */
  readonly port: number;
  /** The wall clock in epoch ms; a constant one freezes time, which then moves by advances only. */
  readonly wallMs: () => number;
  /** Whether work is done by itself as time passes; off for a frozen clock. */
  readonly ticking: boolean;
  /** Members of the sample clinic's configuration to replace at the first start. */
  readonly clinic?: object;
  readonly live?: LiveAccount;
  readonly dynamodbEndpoint?: string | undefined;
  /** Pages beside the API, such as the console. */
  readonly pages?: (reach: PageReach) => LocalPages;
};

/** What pages of this machine may use. */
export type PageReach = {
  readonly info: LocalInfo;
  readonly system: System;
  readonly wallMs: () => number;
};

export type LocalRuntime = {
  readonly info: LocalInfo;
  readonly control: ControlParts;
  readonly clock: MovableClock;
  readonly timekeeper: Timekeeper;
  readonly system: System;
  /** Finishes the work in hand and ends every process and server. */
  readonly stop: () => Promise<void>;
};

export type StartedRuntime =
  | { readonly ok: true; readonly runtime: LocalRuntime }
  | { readonly ok: false; readonly message: string };

const tableName = 'aftercare';
/** 11:00 UTC: early morning in the United States. */
const reconcileMinuteUtc = 11 * 60;
/**
 * 16:00 UTC: in opening hours all over the United States. Hourly on AWS; once a day finds the same pages
 * due.
 */
const testPagesMinuteUtc = 16 * 60;
const changeEveryMs = 50;

/** Starts the whole system on this machine. A failure is one sentence, and nothing is left running. */
export async function startLocalRuntime(options: RuntimeOptions): Promise<StartedRuntime> {
  const closers = createClosers();
  try {
    return { ok: true, runtime: await compose(options, closers) };
  } catch (error) {
    await closers.closeAll();
    if (error instanceof StartFailure) return { ok: false, message: error.message };
    throw error;
  }
}

async function compose(options: RuntimeOptions, closers: Closers): Promise<LocalRuntime> {
  const base = await layFoundation({ ...options, live: options.live, closers });
  const numbers: { current: ReadonlyMap<string, AccountNumber> } = { current: new Map() };
  const [database, emulators] = await Promise.all([
    openDatabase(options, base, closers),
    startEmulators({
      ...base,
      secrets: base.secrets.system,
      numbers: () => numbers.current,
      onRequest: base.changes.touch,
      closers,
    }),
  ]);
  const parts: Parts = { options, base, database, emulators, closers };
  const { system, clinic, handlers, refreshNumbers } = await composeFunctions(parts, (current) => {
    numbers.current = current;
  });
  const timekeeper = await startTimekeeper(parts, handlers);
  const control: ControlParts = {
    info: infoOf(parts, clinic),
    clock: base.clock,
    timekeeper,
    messageLog: createMessageLog({
      table: system.table,
      messagesAfter: emulators.carrier.messagesAfter,
      clinicZone: clinic.timeZone,
    }),
    carrier: emulators.carrier,
    refreshNumbers,
    onChange: (listener) => base.changes.listen(coalesced(listener, changeEveryMs)),
  };
  const extra = options.pages?.({ info: control.info, system, wallMs: options.wallMs });
  const pages: LocalPages[] = [
    ...(extra === undefined ? [] : [extra]),
    (request) => answerControl(control, request),
  ];
  base.api.answerWith(
    createApi({
      handlers,
      pages,
      nowMs: base.clock.nowMs,
      serving: () => {
        const release = timekeeper.hold();
        return (changed) => {
          release();
          if (changed) base.changes.touch();
        };
      },
      onError: (route, error) => logError(base, 'function_failed', error, { route }),
    }),
  );
  const stop = async (): Promise<void> => {
    // The callbacks of the work in hand still need the API.
    await timekeeper.stop();
    await base.api.close();
    await closers.closeAll();
  };
  return { info: control.info, control, clock: base.clock, timekeeper, system, stop };
}

type Database = { readonly endpoint: string; readonly client: DynamoDBClient };
type Parts = {
  readonly options: RuntimeOptions;
  readonly base: Foundation;
  readonly database: Database;
  readonly emulators: Emulators;
  readonly closers: Closers;
};

async function openDatabase(options: RuntimeOptions, base: Foundation, closers: Closers): Promise<Database> {
  const { database } = required(
    await startDynamoDb({
      folder: base.folder,
      tableName,
      endpoint: options.dynamodbEndpoint,
      consumedSequence: consumedSequence(base.store),
      wallMs: options.wallMs,
    }),
  );
  closers.add(database.stop);
  const client = connectDynamoDb(database.endpoint);
  closers.add(() => client.destroy());
  return { endpoint: database.endpoint, client };
}

type Functions = {
  readonly system: System;
  readonly clinic: ClinicConfig;
  readonly handlers: FunctionHandlers;
  readonly refreshNumbers: () => Promise<void>;
};

async function composeFunctions(
  parts: Parts,
  setNumbers: (numbers: ReadonlyMap<string, AccountNumber>) => void,
): Promise<Functions> {
  const { options, base, emulators } = parts;
  createSystemQueues(emulators.queues);
  const publicBaseUrl = options.live?.publicBaseUrl ?? base.api.url;
  const { system, prepare, close } = composeSystem({
    database: parts.database.client,
    tableName,
    endpoints: { ...emulators.endpoints, publicBaseUrl },
    secrets: base.secrets.system,
    clock: base.clock,
    log: base.log,
    metrics: createLocalMetrics(),
    live: options.live,
  });
  parts.closers.add(close);
  const [clinic] = await Promise.all([ensureClinic(system, options, base.secrets), prepare()]);
  const clinics = createClinicDirectory(system);
  const signatureClocks = () => [base.clock.now(), instantFromEpochMs(options.wallMs())];
  const refreshNumbers = async (): Promise<void> =>
    setNumbers(await accountNumbers({ table: system.table, clinics }, publicBaseUrl));
  await refreshNumbers();
  const handlers = createFunctionHandlers({ ...system, clinics, publicBaseUrl, signatureClocks });
  // A clinic that somebody adds meanwhile has its numbers at Twilio as soon as the stream shows them.
  const stream: FunctionHandlers['stream'] = async (event) => {
    if (event.Records.some(isNumberRow)) await refreshNumbers();
    return handlers.stream(event);
  };
  return { system, clinic, handlers: { ...handlers, stream }, refreshNumbers };
}

function isNumberRow(record: DynamoDBRecord): boolean {
  return record.dynamodb?.NewImage?.row?.S === 'number';
}

async function startTimekeeper(parts: Parts, handlers: FunctionHandlers): Promise<Timekeeper> {
  const { base, closers, database, emulators } = parts;
  const { nowMs } = base.clock;
  const onError = (error: unknown): void => logError(base, 'work_failed', error);
  const stream = await createStreamPoller({
    endpoint: database.endpoint,
    region: localRegion,
    credentials: localCredentials,
    tableName,
    store: base.store,
    nowMs,
    handler: handlers.stream,
    onError,
  });
  closers.add(stream.close);
  const queues = createQueuePoller({
    engine: emulators.queues,
    region: localRegion,
    mappings: queueNames.map((queue) => ({ queue, handler: handlers.queues[queue] })),
    onError: (queue, error) => logError(base, 'function_failed', error, { queue }),
  });
  const { sweep, reconcile, testPages } = handlers;
  const daily = { store: base.store, nowMs, onError };
  const timekeeper = createTimekeeper({
    clock: base.clock,
    work: [
      emulators.scheduleWork,
      queues,
      emulators.carrier.work,
      stream,
      createSweepTimer({
        client: database.client,
        tableName,
        nowMs,
        attentionSeenMs: stream.attentionSeenMs,
        sweep,
        onError,
      }),
      createDailyTimer({ ...daily, name: 'reconcile', minuteOfDayUtc: reconcileMinuteUtc, run: reconcile }),
      createDailyTimer({ ...daily, name: 'test-pages', minuteOfDayUtc: testPagesMinuteUtc, run: testPages }),
    ],
    onError,
  });
  base.changes.listen(stream.wake);
  base.changes.listen(timekeeper.poke);
  closers.add(timekeeper.stop);
  if (parts.options.ticking) timekeeper.startTicking();
  return timekeeper;
}

function infoOf(parts: Parts, clinic: ClinicConfig): LocalInfo {
  const { base, database, emulators } = parts;
  const [onCall] = clinic.locations[0]?.ladder ?? [];
  const { system, sampleWebhookSecret } = base.secrets;
  return {
    clinicId: clinic.clinicId,
    webhookSecret: sampleWebhookSecret,
    clinicPhone: clinic.patientNumber,
    alertPhone: clinic.alertNumber,
    onCallPhone: clinic.staff.find((person) => person.staffId === onCall)?.phone ?? '',
    twilioAccountSid: system.twilioAccountSid,
    twilioAuthToken: parts.options.live === undefined ? (system.twilioAuthTokens[0] ?? '') : '',
    live: parts.options.live !== undefined,
    endpoints: {
      api: base.api.url,
      console: `${base.api.url}/`,
      dynamodb: database.endpoint,
      ...emulators.endpoints,
    },
  };
}

/** Names and routes only: a message may quote what it failed on. */
function logError(
  base: Foundation,
  event: string,
  error: unknown,
  fields: Record<string, string> = {},
): void {
  base.log.error(event, { ...fields, errorName: error instanceof Error ? error.name : 'unknown' });
}
