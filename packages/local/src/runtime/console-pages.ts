import { instantFromEpochMs } from '@aftercare/time/instant';
import { readClinic } from '@aftercare/usecases/clinics';
import type { ConsoleTarget } from '../console/api-call.ts';
import { createKnownSessions } from '../console/known-sessions.ts';
import { remoteConsole } from '../console/remote-target.ts';
import { createConsole } from '../console/server.ts';
import type { LocalPages } from './http-api.ts';
import type { PageReach } from './local-runtime.ts';

/** The console of this machine's own system. */
export function mountConsole({ info, system, wallMs }: PageReach): LocalPages {
  const config = async () => {
    const clinic = await readClinic(system, info.clinicId);
    if (clinic === undefined) throw new Error('the sample clinic was removed');
    return clinic.config;
  };
  return createConsole({
    target: {
      apiUrl: info.endpoints.api,
      clinicId: info.clinicId,
      secret: info.webhookSecret,
      emulated: !info.live,
    },
    clinic: async () => (await readClinic(system, info.clinicId))?.config,
    sessions: createKnownSessions({ table: system.table, config, now: system.clock.now }),
    wallNow: () => instantFromEpochMs(wallMs()),
    live: info.live,
  });
}

/** The console of an API that is deployed elsewhere, in place of this machine's own. */
export function mountRemoteConsole(target: ConsoleTarget): (reach: PageReach) => LocalPages {
  return ({ wallMs }) => remoteConsole(target, () => instantFromEpochMs(wallMs()));
}
