import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addHours } from '@aftercare/time/instant';
import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { bareCall } from '../cold/cold-events.ts';
import { type BareCall, issueCalls } from '../cold/issue-calls.ts';
import type { EmulatedServices } from '../functions/emulated-services.ts';
import {
  inboundCommand,
  inboundEvent,
  intakeEvent,
  phoneKeyOfPatient,
  queueEvent,
  sessionKeyOfPatient,
} from '../functions/events.ts';
import { commandsIn, dayOf } from '../functions/one-of-each.ts';
import {
  createClients,
  createRecordedFunctions,
  type RecordedFunctions,
} from '../functions/recorded-functions.ts';
import { startSeparateServices } from '../functions/separate-services.ts';
import { atLeast, atMost, type Figure, type Part, type Progress, round } from '../part.ts';
import { isAbout, renamed } from './renamed-calls.ts';
import { storeCopies } from './stored-sessions.ts';

const kinds = ['intake', 'reminder', 'reply'] as const;
type Kind = (typeof kinds)[number];
const levels = [1000, 20_000, 200_000];
type Load = { readonly inFlight: number; readonly each: number; readonly turns: number };
/** How many events of each kind are handled in a turn; the first turn compiles and is not counted. */
const loads: readonly Load[] = [
  { inFlight: 1, each: 10, turns: 3 },
  { inFlight: 8, each: 16, turns: 3 },
  { inFlight: 64, each: 64, turns: 2 },
];
/** How often a cell is measured again when a request ran into its time-out: the machine was elsewhere. */
const attempts = 3;
const question = 'can i wear makeup to work tomorrow?';
const commands = {
  BatchGetItem: BatchGetItemCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  UpdateItem: UpdateItemCommand,
  CreateSchedule: CreateScheduleCommand,
  SendMessage: SendMessageCommand,
};

/**
 * How many sessions, reminders and replies a second this machine carries, as a share of the very same
 * requests issued bare: what the share lacks is our own work. Database and emulators run in another process.
 */
export const throughput: Part = {
  name: 'throughput',
  about:
    'intake, reminder and reply beside the same requests issued bare, 1 k to 200 k sessions stored (3 min)',
  async run(progress, words) {
    const folder = mkdtempSync(join(tmpdir(), 'aftercare-throughput-'));
    const wanted = words.length === 0 ? levels : levels.slice(0, Number(words[0]));
    try {
      const cells: Cell[] = [];
      let stored = 0;
      let model: Model | undefined;
      for (const level of wanted) {
        progress(`storing ${level} sessions`);
        model ??= await storeModel(folder);
        storeCopies(folder, model, stored, level);
        stored = level;
        cells.push(...(await measureLevel(folder, level, progress)));
      }
      return figuresOf(cells, wanted);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The texts in a stored session that are its own, and how those of its copies begin. */
type Model = Readonly<Record<string, string>>;

/** Patient 0 is the model of what is stored; the measured ones are 1 and up. */
async function storeModel(folder: string): Promise<Model> {
  const { services, stop } = await startSeparateServices(folder);
  const functions = createRecordedFunctions(services);
  await functions.intake(intakeEvent(services, 0, functions.clock.now()));
  functions.close();
  await stop();
  return {
    [sessionKeyOfPatient(services, 0)]: 'k',
    [phoneKeyOfPatient(services, 0)]: 'n',
    'PATIENT#p-0': 'PATIENT#p-x',
  };
}

type Cell = { readonly kind: Kind; readonly level: number; readonly inFlight: number } & Measured;
type Measured = { readonly perSecond: number; readonly bare: number; readonly share: number };

let patients = 1;

async function measureLevel(folder: string, level: number, progress: Progress): Promise<readonly Cell[]> {
  const { services, stop } = await startSeparateServices(folder);
  const clients = createClients(services);
  const cells: Cell[] = [];
  try {
    for (const load of loads) {
      const { inFlight } = load;
      progress(`${level} sessions stored, ${inFlight} in flight`);
      for (const kind of kinds) {
        const measured = await measurePatiently(progress, () => measureCell(services, clients, kind, load));
        cells.push({ kind, level, inFlight, ...measured });
      }
    }
  } finally {
    for (const client of Object.values(clients)) client.destroy();
    await stop();
  }
  return cells;
}

type Task = () => Promise<unknown>;

async function measurePatiently(progress: Progress, measure: () => Promise<Measured>): Promise<Measured> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await measure();
    } catch (error) {
      if (attempt === attempts) throw error;
      progress(`once more, as ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/**
 * In turns: the handler on some patients, then its requests, renamed, for others in the same
 * state.
 */
async function measureCell(
  services: EmulatedServices,
  clients: ReturnType<typeof createClients>,
  kind: Kind,
  { inFlight, each, turns }: Load,
): Promise<Measured> {
  const spent = { ours: 0, bare: 0 };
  for (let turn = 0; turn < turns; turn += 1) {
    const functions = createRecordedFunctions(services);
    const first = patients;
    patients += 2 * each;
    const prepared = await prepare(functions, services, kind, first, 2 * each, inFlight);
    functions.recorder.take();
    // Recorded all at once, then told apart by whom they are about.
    const perEvent = new Map<number, readonly BareCall[]>();
    const oursMs = await run(prepared.slice(0, each), inFlight);
    // What the SDK sent again is one request here.
    const requests = new Map(functions.recorder.take().map((call) => [call.input, call]));
    const calls = [...requests.values()].map((call) => bareCall(services, call));
    for (let n = first; n < first + each; n += 1) {
      perEvent.set(
        n,
        calls
          .filter((call) => isAbout(services, call, n))
          .map((call) => renamed(services, call, n, n + each)),
      );
    }
    const bareMs = await run(
      [...perEvent.values()].map((own) => () => issueCalls(own, clients, commands)),
      inFlight,
    );
    functions.close();
    if (turn === 0) continue;
    spent.ours += oursMs;
    spent.bare += bareMs;
  }
  const total = (turns - 1) * each;
  return {
    perSecond: round((total * 1000) / spent.ours),
    bare: round((total * 1000) / spent.bare),
    share: round(spent.bare / spent.ours),
  };
}

/** Milliseconds for all tasks, so many at a time. */
async function run(tasks: readonly Task[], inFlight: number): Promise<number> {
  const startedMs = performance.now();
  const waiting = tasks.values();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (const task of waiting) await task();
    }),
  );
  return performance.now() - startedMs;
}

/** Brings new patients so far that the event can come, and returns what handles it for each. */
async function prepare(
  functions: RecordedFunctions,
  services: EmulatedServices,
  kind: Kind,
  first: number,
  count: number,
  inFlight: number,
): Promise<readonly Task[]> {
  const { clock, recorder } = functions;
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const checked =
    (work: () => Promise<unknown>): Task =>
    async () => {
      const { statusCode = 200, batchItemFailures = [] } = Object(await work());
      if (statusCode >= 300 || batchItemFailures.length > 0) throw new Error(`A measured ${kind} failed`);
    };
  const accept = (n: number): Task => checked(() => functions.intake(intakeEvent(services, n, clock.now())));
  if (kind === 'intake') {
    await accept(first + count)();
    patients += 1;
    return numbers.map(accept);
  }
  await run(numbers.map(accept), Math.max(8, inFlight));
  if (kind === 'reminder') {
    const due = new Map<string, string>();
    for (const command of commandsIn(recorder.take())) {
      if (dayOf(command) === 1) due.set(String(JSON.parse(command).sessionKey), command);
    }
    // Ten in the morning of day 1: the clinic's configuration is read again once, before the clock is
    // watched.
    clock.moveTo(addHours(clock.now(), 22.5));
    await functions.intake(intakeEvent(services, first + count, clock.now()));
    patients += 1;
    return numbers.map((n) =>
      checked(() => functions.sendReminder(queueEvent(due.get(sessionKeyOfPatient(services, n)) ?? ''))),
    );
  }
  const store = (n: number): Task =>
    checked(() => functions.inboundMessage(inboundEvent(services, n, question, clock.now())));
  await run(numbers.map(store), Math.max(8, inFlight));
  return numbers.map((n) =>
    checked(() => functions.processInbound(queueEvent(JSON.stringify(inboundCommand(services, n))))),
  );
}

function figuresOf(cells: readonly Cell[], wanted: readonly number[]): readonly Figure[] {
  const inOrder = kinds.flatMap((kind) => cells.filter((cell) => cell.kind === kind));
  const rows = inOrder.flatMap(({ kind, level, inFlight, perSecond, bare, share }): Figure[] => {
    const group = `${kind}, ${level} sessions stored`;
    const name = `${kind}, ${level} stored, ${inFlight} in flight`;
    const figure: Figure = { name: `${name}: share of bare requests`, value: share, unit: 'times', group };
    return [
      { name: `${name}: a second`, value: perSecond, unit: 'per s', group },
      { name: `${name}: bare requests for as many, a second`, value: bare, unit: 'per s', group },
      kind === 'reply' ? figure : atLeast(0.7, figure),
    ];
  });
  const [least = 0, most = 0] = [wanted[0], wanted.at(-1)];
  const meanShare = (kind: Kind, level: number): number => {
    const shares = cells
      .filter((cell) => cell.kind === kind && cell.level === level)
      .map(({ share }) => share);
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  const falls = (['intake', 'reminder'] as const).map((kind) =>
    atMost(0.1, {
      name: `${kind}: share lost from ${least} to ${most} sessions stored`,
      value: round(1 - meanShare(kind, most) / meanShare(kind, least)),
      unit: 'of it',
      group: 'as sessions grow',
    }),
  );
  return [...rows, ...falls];
}
