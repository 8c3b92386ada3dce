import { fill } from '@aftercare/conversation/templates';
import { spokenPhone } from '@aftercare/usecases/claim-reminder';
import type { ClinicDirectory } from '@aftercare/usecases/clinics';
import type { Table } from '@aftercare/usecases/ports';
import { listClinicIds } from '@aftercare/usecases/reconcile';
import type { AccountNumber } from '../twilio-emulator/account.ts';

/**
 * What would be configured at Twilio for every clinic of the table: webhooks of both numbers, and Twilio's
 * keyword answers in the clinic's words (product-rules 5).
 */
export async function accountNumbers(
  system: { readonly table: Table; readonly clinics: ClinicDirectory },
  publicBaseUrl: string,
): Promise<Map<string, AccountNumber>> {
  const numbers = new Map<string, AccountNumber>();
  for (const clinicId of await listClinicIds(system)) {
    const clinic = await system.clinics.load(clinicId);
    if (clinic === undefined) continue;
    const { config } = clinic;
    const home = config.locations.find((location) => location.locationId === config.defaultLocationId);
    const values = { clinic: config.displayName, phone: spokenPhone(home?.phone ?? config.patientNumber) };
    const answers = {
      stop: fill('opt_out', config.defaultLanguage, values),
      start: fill('opt_in', config.defaultLanguage, values),
      help: fill('help', config.defaultLanguage, values),
    };
    // The overrides of the deploy guide: an endpoint that is slow or failing is asked again.
    const urls = {
      inboundUrl: `${publicBaseUrl}/twilio/inbound#rc=3&rp=all&rt=4000`,
      fallbackUrl: `${publicBaseUrl}/twilio/inbound-fallback`,
    };
    for (const number of [config.patientNumber, config.alertNumber]) {
      numbers.set(number, { ...urls, keywordAnswers: answers });
    }
  }
  return numbers;
}
