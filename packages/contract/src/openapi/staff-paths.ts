import type { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { acknowledgeRequest, alert, alertList, alertQuery, doneRequest } from '../alert.ts';
import { cohortQuery, cohortView, dailyDigest, digestQuery } from '../digest.ts';
import { closeTaskRequest, task, taskList, taskQuery } from '../task.ts';
import {
  exampleAcknowledged,
  exampleAlert,
  exampleCohorts,
  exampleDigest,
  exampleDone,
  exampleTask,
  exampleTaskDone,
} from './example-answers.ts';
import { bodyProblems, problemAnswers, signedProblems } from './problem-answers.ts';
import { clinicPath, withExample } from './session-paths.ts';

const alertPath = clinicPath.extend({ alertId: withExample(exampleAlert.alertId) });
const taskPath = clinicPath.extend({ taskId: withExample(exampleTask.taskId) });

const json = (description: string, schema: z.core.$ZodType, value: unknown) => ({
  description,
  content: { 'application/json': { schema, examples: { answer: { value } } } },
});

const jsonBody = (schema: z.core.$ZodType, value: unknown) => ({
  required: true,
  content: { 'application/json': { schema, examples: { body: { value } } } },
});

const listAlerts: ZodOpenApiOperationObject = {
  operationId: 'listAlerts',
  tags: ['alerts'],
  summary: 'List alerts',
  requestParams: { path: clinicPath, query: alertQuery },
  responses: {
    '200': json('Newest first.', alertList, { alerts: [exampleAlert] }),
    ...problemAnswers([...signedProblems, 'invalid-fields']),
  },
};

const readAlert: ZodOpenApiOperationObject = {
  operationId: 'readAlert',
  tags: ['alerts'],
  summary: 'Read an alert',
  requestParams: { path: alertPath },
  responses: {
    '200': json('The alert.', alert, exampleAlert),
    ...problemAnswers([...signedProblems, 'alert-not-found']),
  },
};

const acknowledge: ZodOpenApiOperationObject = {
  operationId: 'acknowledgeAlert',
  tags: ['alerts'],
  summary: 'Take a case',
  description: 'Stops the paging; the patient is told that the text was seen. Repeatable.',
  requestParams: { path: alertPath },
  requestBody: jsonBody(acknowledgeRequest, { alertId: exampleAlert.alertId, by: 'nina' }),
  responses: {
    '200': json('Acknowledged.', alert, exampleAcknowledged),
    ...problemAnswers([...bodyProblems, 'alert-not-found', 'alert-not-open']),
  },
};

const close: ZodOpenApiOperationObject = {
  operationId: 'closeAlert',
  tags: ['alerts'],
  summary: 'Close a case with its outcome',
  requestParams: { path: alertPath },
  requestBody: jsonBody(doneRequest, { alertId: exampleAlert.alertId, by: 'nina', outcome: 'real' }),
  responses: {
    '200': json('Closed.', alert, exampleDone),
    ...problemAnswers([...bodyProblems, 'alert-not-found']),
  },
};

const listTasks: ZodOpenApiOperationObject = {
  operationId: 'listTasks',
  tags: ['work list'],
  summary: 'List work items',
  requestParams: { path: clinicPath, query: taskQuery },
  responses: {
    '200': json('Most urgent first.', taskList, { tasks: [exampleTask] }),
    ...problemAnswers([...signedProblems, 'invalid-fields']),
  },
};

const closeTask: ZodOpenApiOperationObject = {
  operationId: 'closeTask',
  tags: ['work list'],
  summary: 'Close a work item',
  requestParams: { path: taskPath },
  requestBody: jsonBody(closeTaskRequest, { taskId: exampleTask.taskId, by: 'nina' }),
  responses: {
    '200': json('Closed.', task, exampleTaskDone),
    ...problemAnswers([...bodyProblems, 'task-not-found']),
  },
};

const digest: ZodOpenApiOperationObject = {
  operationId: 'readDigest',
  tags: ['work list'],
  summary: 'Read the day of the clinic',
  description: 'What went, what did not and why, replies, alerts, open work, silence. Default: today.',
  requestParams: { path: clinicPath, query: digestQuery },
  responses: {
    '200': json('The day.', dailyDigest, exampleDigest),
    ...problemAnswers([...signedProblems, 'invalid-fields']),
  },
};

const cohorts: ZodOpenApiOperationObject = {
  operationId: 'readCohorts',
  tags: ['work list'],
  summary: 'Compare symptom reports by treatment class',
  description: 'Reports at review or above, by class and day. Default: the last 30 days; at most 92.',
  requestParams: { path: clinicPath, query: cohortQuery },
  responses: {
    '200': json('The cohorts.', cohortView, exampleCohorts),
    ...problemAnswers([...signedProblems, 'invalid-fields']),
  },
};

const base = '/v1/clinics/{clinicId}';

export const staffPaths: ZodOpenApiPathsObject = {
  [`${base}/alerts`]: { get: listAlerts },
  [`${base}/alerts/{alertId}`]: { get: readAlert },
  [`${base}/alerts/{alertId}/ack`]: { post: acknowledge },
  [`${base}/alerts/{alertId}/done`]: { post: close },
  [`${base}/tasks`]: { get: listTasks },
  [`${base}/tasks/{taskId}/done`]: { post: closeTask },
  [`${base}/digest`]: { get: digest },
  [`${base}/cohorts`]: { get: cohorts },
};
