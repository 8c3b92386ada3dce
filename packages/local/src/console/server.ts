import { randomUUID } from 'node:crypto';
import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { PROBLEM_CONTENT_TYPE, type ProblemKind, problemOf } from '@aftercare/contract/problem';
import { findRelease } from '@aftercare/protocol/release';
import type { Instant } from '@aftercare/time/instant';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import {
  type ConsoleCall,
  type ConsoleTarget,
  consoleCall,
  curlOf,
  forwardCall,
  refusalOf,
  signCall,
} from './api-call.ts';
import type { KnownSessions } from './known-sessions.ts';
import { pageFile } from './page-files.ts';

/** What the console's server part needs of the runtime that mounts it. */
export type ConsoleParts = {
  readonly target: ConsoleTarget;
  /** The clinic as this machine's table has it; undefined when the target is deployed elsewhere. */
  readonly clinic: () => Promise<ClinicConfig | undefined>;
  readonly sessions: KnownSessions | undefined;
  readonly wallNow: () => Instant;
  /** `start --live`: real phones, real time. */
  readonly live: boolean;
};

/** What the page must know before it can show anything. */
export type ConsoleSetup = {
  readonly clinicId: string;
  readonly clinicName: string;
  readonly timeZone: string;
  readonly patientNumber?: string;
  readonly alertNumber?: string;
  readonly staff: readonly {
    readonly staffId: string;
    readonly name: string;
    readonly role: string;
    readonly phone: string;
    /** Place on the default location's ladder, from 0; absent for people who are never paged. */
    readonly rung?: number;
  }[];
  readonly draft: boolean;
  /** Phones, clock and carrier are this machine's: everything may be tried. */
  readonly emulated: boolean;
  /** The sessions are in this machine's own table and can be listed. */
  readonly ownTable: boolean;
  readonly live: boolean;
  readonly apiUrl: string;
};

/**
 * The console's pages, the API reference, and what they ask of this machine. `undefined` for every path that
 * belongs to somebody else. Mount it before the control endpoints: it answers `/local/console/*`.
 */
export function createConsole(
  parts: ConsoleParts,
): (request: LocalRequest) => Promise<LocalAnswer | undefined> {
  return async (request) => {
    if (request.rawPath.startsWith('/local/console/')) {
      return fromElsewhere(request)
        ? refuse(403, 'The console answers its own page only.')
        : ask(parts, request);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const file = await pageFile(request.rawPath === '/docs/' ? '/docs' : request.rawPath);
    return file === undefined
      ? undefined
      : { status: 200, headers: headersOf(file.contentType), body: file.body };
  };
}

/** Everything comes from this machine: no page of the console loads a font or script from elsewhere. */
const contentSecurity = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function headersOf(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurity,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** A page from elsewhere must neither read through a host name of its own nor post into this one. */
function fromElsewhere(request: LocalRequest): boolean {
  const { host = '', origin, 'content-type': contentType = '' } = request.headers;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)) return true;
  if (origin !== undefined && origin !== `http://${host}`) return true;
  return request.method === 'POST' && !contentType.startsWith('application/json');
}

async function ask(parts: ConsoleParts, request: LocalRequest): Promise<LocalAnswer> {
  switch (`${request.method} ${request.rawPath}`) {
    case 'GET /local/console/setup':
      return json(await setupOf(parts));
    case 'GET /local/console/sessions':
      return json({ sessions: parts.sessions === undefined ? [] : await parts.sessions.list() });
    case 'GET /local/console/session':
      return sessionDetail(parts, new URLSearchParams(request.rawQuery).get('id') ?? '');
    case 'POST /local/console/call':
      return withCall(parts, request, (call) => forward(parts, call));
    case 'POST /local/console/sign':
      return withCall(parts, request, async (call) => json({ curl: curlOf(signed(parts, call)) }));
    default:
      return refuse(404, 'There is nothing at this path.');
  }
}

async function setupOf(parts: ConsoleParts): Promise<ConsoleSetup> {
  const { target, live } = parts;
  const config = await parts.clinic();
  const { clinicId, emulated, apiUrl } = target;
  const shared = { clinicId, emulated, ownTable: parts.sessions !== undefined, live, apiUrl };
  if (config === undefined) {
    return { ...shared, clinicName: clinicId, timeZone: 'UTC', staff: [], draft: false };
  }
  const home = config.locations.find((location) => location.locationId === config.defaultLocationId);
  const rungOf = (staffId: string): { rung?: number } => {
    const rung = home?.ladder.indexOf(staffId) ?? -1;
    return rung < 0 ? {} : { rung };
  };
  return {
    ...shared,
    clinicName: config.name,
    timeZone: config.timeZone,
    patientNumber: config.patientNumber,
    alertNumber: config.alertNumber,
    staff: config.staff
      .filter((member) => member.disabled !== true)
      .map(({ staffId, name, role, phone }) => ({ staffId, name, role, phone, ...rungOf(staffId) })),
    draft: isDraft(config),
  };
}

/** Nobody has signed the protocol for this clinic (product-rules 1). */
function isDraft(config: ClinicConfig): boolean {
  const { id, version } = config.protocol;
  const signed = config.approvals.some(
    (approval) => approval.subject === 'protocol' && approval.id === id && approval.version === version,
  );
  return findRelease(id, version)?.status !== 'approved' && !signed;
}

async function sessionDetail(parts: ConsoleParts, sessionId: string): Promise<LocalAnswer> {
  const detail = await parts.sessions?.detail(sessionId);
  return detail === undefined ? refuse(404, 'This machine has no session with this id.') : json(detail);
}

async function withCall(
  parts: ConsoleParts,
  request: LocalRequest,
  answer: (call: ConsoleCall) => Promise<LocalAnswer>,
): Promise<LocalAnswer> {
  const call = consoleCall.safeParse(parsed(request));
  if (!call.success) return refuse(400, 'Send {"method", "path", "body"?}.');
  const refusal = refusalOf(parts.target, call.data);
  return refusal === undefined ? answer(call.data) : refuse(403, refusal);
}

function signed(parts: ConsoleParts, call: ConsoleCall) {
  return signCall(parts.target, call, `console_${randomUUID()}`, parts.wallNow());
}

async function forward(parts: ConsoleParts, call: ConsoleCall): Promise<LocalAnswer> {
  try {
    return json(await forwardCall(signed(parts, call)));
  } catch {
    return refuse(503, `The API at ${parts.target.apiUrl} does not answer.`);
  }
}

function parsed(request: LocalRequest): unknown {
  try {
    return JSON.parse(request.body.toString());
  } catch {
    return undefined;
  }
}

function json(value: unknown): LocalAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

const kinds: Readonly<Record<400 | 403 | 404 | 503, ProblemKind>> = {
  400: 'invalid-fields',
  403: 'invalid-fields',
  404: 'path-not-found',
  503: 'unavailable',
};

function refuse(status: 400 | 403 | 404 | 503, detail: string): LocalAnswer {
  const problem = { ...problemOf(kinds[status], detail), status, title: 'Not possible' };
  return { status, headers: { 'content-type': PROBLEM_CONTENT_TYPE }, body: JSON.stringify(problem) };
}
