import * as z from 'zod/mini';
import { id, instant, plainText } from './fields.ts';

/** The one work list for everything that is not an alert (product-rules 6). */

export const taskKind = z.enum([
  'review',
  'unclear',
  'question_unanswered',
  'admin',
  'complaint',
  'photo',
  'notice',
]);
export const taskState = z.enum(['open', 'done']);

export const task = z
  .object({
    taskId: id,
    kind: taskKind,
    role: z.enum(['clinical', 'front_desk', 'manager']),
    state: taskState,
    priority: z.int(),
    openedAt: instant,
    dueAt: instant
      .clone(undefined, { parent: true })
      .register(z.globalRegistry, { description: "In the location's business hours." }),
    text: z.string(),
    sessionId: z.exactOptional(id),
    patientId: z.exactOptional(id),
    locationId: z.exactOptional(id),
    closedAt: z.exactOptional(instant),
    closedBy: z.exactOptional(z.string()),
  })
  .register(z.globalRegistry, { id: 'Task' });
export type TaskAnswer = z.output<typeof task>;

export const taskList = z.object({ tasks: z.array(task) }).register(z.globalRegistry, { id: 'TaskList' });

/** Of `GET …/tasks`: no state = all. */
export const taskQuery = z.strictObject({ state: z.exactOptional(taskState) });

/** The body names its object, so that its signature fits this task only. */
export const closeTaskRequest = z
  .strictObject({ taskId: id, by: plainText(80) })
  .register(z.globalRegistry, { id: 'CloseTaskRequest' });
export type CloseTaskRequest = z.output<typeof closeTaskRequest>;
