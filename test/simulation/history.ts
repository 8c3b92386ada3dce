import type { MemoryTable } from '@aftercare/adapters/memory/table';
import { type InboundRow, type PhoneRow, phoneRow } from '@aftercare/usecases/person-rows';
import {
  type MessageRow,
  messageRow,
  type ReminderRow,
  reminderRow,
  type SessionRow,
  sessionRow,
} from '@aftercare/usecases/rows';

/** What the table holds, as its changes told: read by checkers, never by the system. */
export type History = {
  readonly sessions: Map<string, SessionRow>;
  readonly reminders: Map<string, ReminderRow>;
  readonly messages: Map<string, MessageRow>;
  readonly phones: Map<string, PhoneRow>;
  /** `endedAt` and zone by session and revision: what a text of that revision was about. */
  /** Reminders that stood as planned at some time, by key. */
  readonly everPlanned: Set<string>;
  /** When a clinic's sending was paused or let go again, in order. */
  readonly switched: { readonly pk: string; readonly paused: boolean; readonly at: string }[];
  /** MessageSids of stored texts. */
  readonly inbound: Set<string>;
  readonly revisions: Map<string, Revision>;
};

export type Revision = {
  readonly endedAt: string;
  readonly timeZone: string;
  readonly reminderTime: string | undefined;
};

export type RowChange = {
  readonly kind: string;
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>> | undefined;
};

export function keepHistory(table: MemoryTable, onChange: (change: RowChange) => void): History {
  const history: History = {
    sessions: new Map(),
    reminders: new Map(),
    messages: new Map(),
    phones: new Map(),
    everPlanned: new Set(),
    inbound: new Set(),
    switched: [],
    revisions: new Map(),
  };
  table.subscribe(({ keys, newImage, oldImage }) => {
    const kind = String((newImage ?? oldImage)?.row);
    const id = `${keys.pk} ${keys.sk}`;
    if (newImage !== undefined) remember(history, kind, id, newImage);
    onChange({ kind, before: oldImage, after: newImage });
  });
  return history;
}

function remember(history: History, kind: string, id: string, item: object): void {
  // Rows were checked by the system as it wrote them; parsing each again would halve the speed.
  switch (kind) {
    case 'session': {
      const row = item as SessionRow;
      history.sessions.set(row.sessionKey, row);
      const request = row.request as { readonly overrides?: { readonly reminderTime?: string } };
      history.revisions.set(`${row.sessionKey} ${row.revision}`, {
        endedAt: row.endedAt,
        timeZone: row.timeZone,
        reminderTime: request.overrides?.reminderTime,
      });
      return;
    }
    case 'reminder':
      if ((item as ReminderRow).status === 'planned') history.everPlanned.add(id);
      return void history.reminders.set(id, item as ReminderRow);
    case 'switch':
      return void history.switched.push(item as History['switched'][number]);
    case 'inbound':
      return void history.inbound.add((item as InboundRow).messageSid);
    case 'message':
      return void history.messages.set((item as MessageRow).messageId, item as MessageRow);
    case 'phone':
      return void history.phones.set(
        `${(item as PhoneRow).clinicId} ${(item as PhoneRow).phoneKey}`,
        item as PhoneRow,
      );
    default:
  }
}

/** Once, at the end: every row is one that the system itself could read back. */
export function parseEverything(table: MemoryTable): void {
  const schemas = {
    session: sessionRow,
    reminder: reminderRow,
    message: messageRow,
    phone: phoneRow,
  } as const;
  for (const item of table.everything()) {
    const schema = schemas[item.row as keyof typeof schemas];
    schema?.parse(item);
  }
}
