import Domain from 'twilio/lib/base/Domain.js';
import RestException from 'twilio/lib/base/RestException.js';
import Version from 'twilio/lib/base/Version.js';
import { MessageListInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import type { TwilioRequest, TwilioResponse } from './http-client.ts';

// Node hands over a CommonJS module whole, test runners unwrap its default export.
const DomainClass = 'default' in Domain ? Domain.default : Domain;
const VersionClass = 'default' in Version ? Version.default : Version;
const RestExceptionClass = 'default' in RestException ? RestException.default : RestException;

/**
 * Twilio's own message resource without the rest of its package (45 KB instead of 3.6 MB; design 5.11). The
 * two casts are the price: the SDK types its client as the whole `Twilio` class, of which `request` alone is
 * used. Deep imports are not protected by semver, so the version is pinned and test/contract holds it to the
 * emulator.
 */
export function messageResource(
  baseUrl: string,
  accountSid: string,
  request: (call: TwilioRequest) => Promise<TwilioResponse>,
) {
  const version = new VersionClass(new DomainClass({ request } as never, baseUrl), '2010-04-01');
  return MessageListInstance(version as never, accountSid);
}

export type MessageResource = ReturnType<typeof messageResource>;

/** Twilio's error answer: HTTP status and its own code, when the body had one. */
export function refusalOf(error: unknown): { httpStatus: number; code: number | undefined } | undefined {
  if (!(error instanceof RestExceptionClass)) return undefined;
  return { httpStatus: error.status, code: typeof error.code === 'number' ? error.code : undefined };
}
