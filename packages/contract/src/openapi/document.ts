import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { clinicEvent, clinicEventType } from '../clinic-event.ts';
import { problemKinds } from '../problem.ts';
import { exampleEvent } from './example-answers.ts';
import { problemAnswers } from './problem-answers.ts';
import { sessionPaths } from './session-paths.ts';
import { staffPaths } from './staff-paths.ts';

/** The OpenAPI 3.1 document, from the schemas that the code validates with. Never part of a Lambda bundle. */

const errorTable = problemKinds()
  .map(({ kind, status, title }) => `| ${status} | \`${kind.replaceAll('-', '_')}\` | ${title} |`)
  .join('\n');

const description = `Post a treatment session; the patient gets four texts in two weeks, and somebody answers.

**Signing.** Every call under \`/v1\` is signed as [Standard Webhooks](https://www.standardwebhooks.com)
describe, in the headers \`webhook-id\`, \`webhook-timestamp\` and \`webhook-signature\`.
The signed text is \`<webhook-id>.<webhook-timestamp>.<raw body>\`; for a request without a body,
\`METHOD path?query\` takes the body's place, for example
\`DELETE /v1/clinics/glow/sessions/visit-2026-0042\`. Working samples in curl,
TypeScript, Python and C# are in \`docs/signing\` of the repository.

**Errors** are RFC 9457 \`application/problem+json\`; \`errors\` names every wrong field at once.
They are checked in this order: clinic or path, method, size (64 KiB), content type, signature, JSON, fields.

| status | code | meaning |
|---|---|---|
${errorTable}

**Times** are UTC instants; \`localTime\` is the same moment on the wall clock of the patient's
\`timeZone\`.`;

const health: ZodOpenApiOperationObject = {
  operationId: 'health',
  tags: ['operation'],
  summary: 'Is the API there?',
  description:
    'Not signed. Its errors are those of any unknown path and of any method that a path does not have.',
  security: [],
  responses: {
    '200': {
      description: 'It is.',
      content: { 'application/json': { schema: z.looseObject({ status: z.literal('ok') }) } },
    },
    ...problemAnswers(['path-not-found', 'method-not-allowed']),
  },
};

const event: ZodOpenApiOperationObject = {
  operationId: 'receiveEvent',
  tags: ['events'],
  summary: 'An event for the clinic',
  description:
    'Posted to the webhook address of the clinic, signed like requests are. At least once, with the same ' +
    'webhook-id on every attempt; `sequence` gives the order within one session. Answer 2xx within ' +
    '15 seconds; 410 stops the events.',
  requestBody: {
    required: true,
    content: {
      'application/json': { schema: clinicEvent, examples: { sent: { value: exampleEvent } } },
    },
  },
  responses: {
    '204': { description: 'Taken.' },
    '410': { description: 'Send no more events to this address.' },
  },
};

const header = (name: string, words: string) =>
  ({ type: 'apiKey', in: 'header', name, description: words }) as const;

/** Builds the document; the same input gives the same text. */
export function apiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Aftercare',
      version: '1.0.0',
      summary: 'Texts patients through the two weeks after a treatment and answers when they text back.',
      description,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [
      { url: 'http://localhost:8787', description: 'This machine (`npx pnpm@12 start`)' },
      {
        url: 'https://{host}',
        description: 'A deployment',
        variables: { host: { default: 'api.aftercare.invalid', description: 'Output ApiHost of the stack' } },
      },
    ],
    tags: [
      { name: 'sessions', description: 'What the clinic’s software posts.' },
      { name: 'alerts', description: 'Texts that somebody must answer now.' },
      { name: 'work list', description: 'Everything else that waits for a person.' },
      { name: 'events', description: 'What the clinic’s software receives.' },
      { name: 'operation', description: 'For whoever runs it.' },
    ],
    security: [{ webhookId: [], webhookTimestamp: [], webhookSignature: [] }],
    paths: { ...sessionPaths, ...staffPaths, '/health': { get: health } },
    webhooks: Object.fromEntries(
      clinicEventType.options.map((type) => [
        type,
        { post: { ...event, operationId: `receive.${type}`, summary: `Event ${type}` } },
      ]),
    ),
    components: {
      securitySchemes: {
        webhookId: header('webhook-id', '1 to 256 characters without dot or space; new for each request.'),
        webhookTimestamp: header(
          'webhook-timestamp',
          'Whole seconds since 1970, within 5 minutes of our clock.',
        ),
        webhookSignature: header(
          'webhook-signature',
          '`v1,` and the base64 of the HMAC-SHA256; several may be listed.',
        ),
      },
    },
  });
}

/** The text of docs/openapi.json. */
export function apiDocumentText(): string {
  return `${JSON.stringify(apiDocument(), null, 2)}\n`;
}
