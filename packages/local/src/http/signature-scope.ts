import type { LocalRequest } from './loopback-server.ts';

/** The account customary for tests; every ARN of the emulators carries it. */
export const accountId = '123456789012';

const scopePattern = /^AWS4-HMAC-SHA256 Credential=[^/\s]+\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,/;

/**
 * Region and service of a SigV4 request, or undefined when it is unsigned. The signature itself is not
 * checked: everything listens on loopback only.
 */
export function signatureScope(request: LocalRequest): { region: string; service: string } | undefined {
  const match = scopePattern.exec(request.headers.authorization ?? '');
  const [, region, service] = match ?? [];
  return region === undefined || service === undefined ? undefined : { region, service };
}
