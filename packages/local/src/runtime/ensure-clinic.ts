import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { addClinic } from '@aftercare/usecases/clinic-admin/add-clinic';
import { readClinic } from '@aftercare/usecases/clinics';
import type { System } from '@aftercare/usecases/ports';
import type { LiveAccount } from './live-mode.ts';
import type { LocalSecrets } from './local-secrets.ts';
import { checkClinicConfig, liveClinic, sampleClinic } from './sample-clinic.ts';
import { required, StartFailure } from './start-failure.ts';

/** The sample clinic as it is stored; added at the first start, and left as it is later. */
export async function ensureClinic(
  system: System,
  options: { readonly clinic?: object; readonly live?: LiveAccount },
  secrets: LocalSecrets,
): Promise<ClinicConfig> {
  const { clinic, live } = options;
  const now = system.clock.now();
  const candidate = live === undefined ? sampleClinic(now, clinic) : liveClinic(now, live.numbers);
  const { config } = required(checkClinicConfig(candidate));
  const stored = await readClinic(system, config.clinicId);
  if (stored !== undefined) {
    const { patientNumber, alertNumber } = stored.config;
    if (
      live !== undefined &&
      (patientNumber !== config.patientNumber || alertNumber !== config.alertNumber)
    ) {
      throw new StartFailure(
        'The live data belongs to other Twilio numbers. Set LOCAL_DATA to a new folder for these.',
      );
    }
    return stored.config;
  }
  const added = await addClinic(system, config, secrets.sampleWebhookSecret);
  if (added.kind === 'number_taken') {
    throw new StartFailure(`The sample clinic's ${added.field} belongs to another clinic of this folder.`);
  }
  return config;
}
