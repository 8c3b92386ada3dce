import type { Instant } from '@aftercare/time/instant';
import type { LocalPages } from '../runtime/http-api.ts';
import type { ConsoleTarget } from './api-call.ts';
import { createConsole } from './server.ts';

export type ReadRemoteTarget =
  | { readonly kind: 'none' }
  | { readonly kind: 'remote'; readonly target: ConsoleTarget }
  | { readonly kind: 'wrong'; readonly message: string };

const shapes = {
  CONSOLE_API_URL: /^https:\/\/[^/\s]+\/?$|^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/?$/,
  CONSOLE_API_SECRET: /^whsec_[A-Za-z0-9+/=]+$/,
  CONSOLE_CLINIC_ID: /^[A-Za-z0-9._-]{1,64}$/,
} as const;

/** Which deployed API the console shall show, if any. The sentence names what is wrong, never a value. */
export function readRemoteTarget(
  environment: Readonly<Record<string, string | undefined>>,
): ReadRemoteTarget {
  if ((environment.CONSOLE_API_URL ?? '') === '') return { kind: 'none' };
  const wrong = Object.entries(shapes)
    .filter(([name, shape]) => !shape.test(environment[name] ?? ''))
    .map(([name]) => name);
  if (wrong.length > 0) {
    const names = wrong.join(', ');
    return {
      kind: 'wrong',
      message: `The console of a deployed API needs these variables, set and well-formed: ${names}.`,
    };
  }
  return {
    kind: 'remote',
    target: {
      apiUrl: (environment.CONSOLE_API_URL ?? '').replace(/\/$/, ''),
      clinicId: environment.CONSOLE_CLINIC_ID ?? '',
      secret: environment.CONSOLE_API_SECRET ?? '',
      emulated: false,
    },
  };
}

/** The console of a deployed API: reads, acknowledges, closes and pauses, and nothing else. */
export function remoteConsole(target: ConsoleTarget, wallNow: () => Instant): LocalPages {
  return createConsole({
    target,
    clinic: async () => undefined,
    sessions: undefined,
    wallNow,
    live: false,
  });
}
