import type { TaskAnswer } from '@aftercare/contract/task';
import { type TaskRow, taskRow } from '../desk-rows.ts';
import { alertPartition, taskRowKey } from '../keys.ts';
import type { System } from '../ports.ts';
import { readAll } from '../session-rows.ts';

/** The work list, what is most pressing first: priority, then due time (product-rules 6). */
export async function listTasks(
  system: Pick<System, 'table'>,
  query: { readonly clinicId: string; readonly state?: TaskRow['state'] },
): Promise<readonly TaskAnswer[]> {
  const items = await readAll(system, alertPartition(query.clinicId), 'TASK#');
  return items
    .map((item) => taskRow.parse(item))
    .filter((row) => query.state === undefined || row.state === query.state)
    .toSorted((a, b) => a.priority - b.priority || (a.dueAt < b.dueAt ? -1 : 1))
    .map(taskAnswer);
}

/** Marks a line as done. Repeatable: the first to close it stays its closer. */
export async function closeTask(
  system: Pick<System, 'table' | 'clock'>,
  command: { readonly clinicId: string; readonly taskId: string; readonly by: string },
): Promise<TaskAnswer | undefined> {
  const key = taskRowKey(command.clinicId, command.taskId);
  const written = await system.table.write({
    write: 'update',
    key,
    set: { state: 'done', closedAt: system.clock.now(), closedBy: command.by },
    condition: {
      is: 'all',
      of: [{ is: 'present' }, { is: 'equal', attribute: 'state', value: 'open' }],
    },
  });
  const item = written.ok ? written.item : await system.table.get(key);
  return item === undefined ? undefined : taskAnswer(taskRow.parse(item));
}

function taskAnswer(row: TaskRow): TaskAnswer {
  const { sessionId, patientId, locationId, closedAt, closedBy } = row;
  return {
    taskId: row.taskId,
    kind: row.kind,
    role: row.role,
    state: row.state,
    priority: row.priority,
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    text: row.text,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(patientId === undefined ? {} : { patientId }),
    ...(locationId === undefined ? {} : { locationId }),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(closedBy === undefined ? {} : { closedBy }),
  };
}
