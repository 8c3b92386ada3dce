import { addOpenMinutes } from '@aftercare/time/opening-hours';
import { placeOf } from '../alerts/alert-rows.ts';
import type { ClinicDirectory } from '../clinics.ts';
import { type TaskRow, taskRow } from '../desk-rows.ts';
import { taskRowKey } from '../keys.ts';
import type { System, Write } from '../ports.ts';
import { putRow } from '../row-item.ts';
import { expiryAfter, sessionRetentionSeconds } from '../timeline.ts';

export type NewTask = Omit<TaskRow, 'pk' | 'sk' | 'row' | 'taskId' | 'state' | 'openedAt'>;

/** The put of one line of the work list. */
export function taskPut(
  system: Pick<System, 'random' | 'clock'>,
  task: NewTask,
  taskId = system.random.ulid(system.clock.now()),
): { readonly taskId: string; readonly write: Write } {
  const now = system.clock.now();
  const row: TaskRow = {
    ...task,
    ...taskRowKey(task.clinicId, taskId),
    row: 'task',
    taskId,
    state: 'open',
    openedAt: now,
    expiresAtEpochSeconds: expiryAfter(now, sessionRetentionSeconds),
  };
  return { taskId, write: putRow(taskRow, row, { is: 'absent' }) };
}

const attempts = 5;

/** Tells the clinic something by its work list, due within an hour of opening. */
export async function openNotice(
  system: Pick<System, 'table' | 'random' | 'clock'> & { readonly clinics: ClinicDirectory },
  clinicId: string,
  notice: {
    /** A name of the caller's own makes it repeatable: the second notice of that name changes nothing. */
    readonly taskId?: string;
    readonly role: TaskRow['role'];
    readonly text: string;
    readonly sessionId?: string;
    readonly patientId?: string;
    readonly locationId?: string;
  },
): Promise<void> {
  const clinic = await system.clinics.load(clinicId);
  if (clinic === undefined) return;
  const place = placeOf(clinic.config, notice.locationId ?? clinic.config.defaultLocationId);
  const dueAt = addOpenMinutes(system.clock.now(), 60, place);
  const { taskId, ...line } = notice;
  const task = {
    ...line,
    clinicId,
    kind: 'notice',
    priority: 1,
    dueAt,
    locationId: place.locationId,
  } as const;
  const { taskId: id, write } = taskPut(system, task, taskId);
  const writtenKey = taskRowKey(clinicId, id);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const written = await system.table.transact([write]);
    // Refused because it is there already, which is as good; or because another transaction was in the way.
    if (written.ok || (await system.table.get(writtenKey)) !== undefined) return;
  }
  throw new Error('A notice met other writers too often');
}
