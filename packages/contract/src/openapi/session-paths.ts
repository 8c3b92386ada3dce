import * as z from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { id } from '../fields.ts';
import { sessionAnswer, sessionTimeline } from '../session-answer.ts';
import { sessionRequest } from '../session-request.ts';
import { exampleAnswer, exampleCancelled, exampleTimeline } from './example-answers.ts';
import { exampleSession } from './examples.ts';
import { bodyProblems, problemAnswers, signedProblems } from './problem-answers.ts';

/** An id, with an example of this place. */
export const withExample = (example: string) =>
  id.clone(undefined, { parent: true }).register(z.globalRegistry, { examples: [example] });

export const clinicPath = z.object({ clinicId: withExample('glow') });
const sessionPath = clinicPath.extend({ sessionId: id });

const body = {
  required: true,
  content: {
    'application/json': {
      schema: sessionRequest,
      examples: { pen: { summary: 'A face, pen 1.0 mm, in Spanish', value: exampleSession } },
    },
  },
};

const answer = (description: string, value: unknown) => ({
  description,
  content: { 'application/json': { schema: sessionAnswer, examples: { answer: { value } } } },
});

const post: ZodOpenApiOperationObject = {
  operationId: 'acceptSession',
  tags: ['sessions'],
  summary: 'Post a treatment session',
  description:
    'Plans the texts of day 1, 3, 7 and 14. Post it again as often as you like: a body equal to a known ' +
    'revision (as JSON, whatever its spacing and order) answers 200 with the present state and ' +
    'changes nothing.',
  requestParams: { path: clinicPath },
  requestBody: body,
  responses: {
    '201': answer('Accepted.', exampleAnswer),
    '200': {
      ...answer('Known already; nothing changed.', exampleAnswer),
      headers: z.object({
        'idempotent-replayed': z.literal('true').meta({ description: 'Only on a replay.' }),
      }),
    },
    ...problemAnswers([...bodyProblems, 'session-exists', 'protocol-not-approved']),
  },
};

const put: ZodOpenApiOperationObject = {
  operationId: 'amendSession',
  tags: ['sessions'],
  summary: 'Amend a session',
  description:
    'Replaces the whole session. Texts that have gone stay gone; the rest is planned anew. An equal body ' +
    'makes no new revision.',
  requestParams: { path: sessionPath },
  requestBody: body,
  responses: {
    '200': answer('Amended, or equal to the present revision.', { ...exampleAnswer, revision: 2 }),
    ...problemAnswers([...bodyProblems, 'session-not-found', 'session-cancelled', 'protocol-not-approved']),
  },
};

const remove: ZodOpenApiOperationObject = {
  operationId: 'cancelSession',
  tags: ['sessions'],
  summary: 'Cancel a session',
  description: 'No text is started after the answer. Cancelling again answers the same.',
  requestParams: { path: sessionPath },
  responses: {
    '200': answer('Cancelled.', exampleCancelled),
    ...problemAnswers([...signedProblems, 'session-not-found']),
  },
};

const get: ZodOpenApiOperationObject = {
  operationId: 'readSession',
  tags: ['sessions'],
  summary: 'Read a session and its history',
  description: 'What was planned, what went, and for every text that did not go the reason in plain words.',
  requestParams: { path: sessionPath },
  responses: {
    '200': {
      description: 'The session.',
      content: {
        'application/json': { schema: sessionTimeline, examples: { answer: { value: exampleTimeline } } },
      },
    },
    ...problemAnswers([...signedProblems, 'session-not-found']),
  },
};

export const sessionPaths: ZodOpenApiPathsObject = {
  '/v1/clinics/{clinicId}/sessions': { post },
  '/v1/clinics/{clinicId}/sessions/{sessionId}': { get, put, delete: remove },
};
