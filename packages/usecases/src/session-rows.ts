import { sessionPartition, sessionRowKey } from './keys.ts';
import type { Item, System } from './ports.ts';
import {
  type EventRow,
  eventRow,
  type MessageRow,
  messageRow,
  type ReminderRow,
  reminderRow,
  type SessionRow,
  sessionRow,
} from './rows.ts';

type Reading = Pick<System, 'table'>;

/** The session as it is in the table now. */
export async function readSessionRow(system: Reading, sessionKey: string): Promise<SessionRow | undefined> {
  const item = await system.table.get(sessionRowKey(sessionKey));
  return item === undefined ? undefined : sessionRow.parse(item);
}

/** Every item of a partition whose sort key starts so, in order. */
export async function readAll(system: Reading, pk: string, skPrefix?: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await system.table.query({
      pk,
      ...(skPrefix === undefined ? {} : { skPrefix }),
      ...(after === undefined ? {} : { after }),
    });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}

/** The reminder rows of all revisions, in order of revision and day. */
export async function readReminderRows(system: Reading, sessionKey: string): Promise<readonly ReminderRow[]> {
  const items = await readAll(system, sessionPartition(sessionKey), 'R#');
  return items.map((item) => reminderRow.parse(item));
}

/** For each day the row that counts: that of the newest revision which has one. In order of day. */
export function currentReminders(rows: readonly ReminderRow[]): readonly ReminderRow[] {
  const byDay = new Map<number, ReminderRow>();
  for (const row of rows) {
    const held = byDay.get(row.day);
    if (held === undefined || held.revision <= row.revision) byDay.set(row.day, row);
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

export type WholeSession = {
  readonly session: SessionRow;
  readonly reminders: readonly ReminderRow[];
  readonly messages: readonly MessageRow[];
  readonly events: readonly EventRow[];
};

/** Everything known of one session; undefined when there is none. */
export async function readWholeSession(
  system: Reading,
  sessionKey: string,
): Promise<WholeSession | undefined> {
  const items = await readAll(system, sessionPartition(sessionKey));
  const found = items.find((item) => item.row === 'session');
  if (found === undefined) return undefined;
  return {
    session: sessionRow.parse(found),
    reminders: items.filter((item) => item.row === 'reminder').map((item) => reminderRow.parse(item)),
    messages: items.filter((item) => item.row === 'message').map((item) => messageRow.parse(item)),
    events: items.filter((item) => item.row === 'event').map((item) => eventRow.parse(item)),
  };
}
