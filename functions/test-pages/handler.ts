import type { ReplyReach } from '@aftercare/usecases/inbound/reach';
import { listClinicIds } from '@aftercare/usecases/reconcile';
import { sendTestPages } from '@aftercare/usecases/staff-sms/test-pages';

/**
 * Every hour: each clinic's due test pages go out while it is open. One clinic's failure fails the run, after
 * all.
 */
export const createHandler = (system: ReplyReach) => async () => {
  const clinicIds = await listClinicIds(system);
  const runs = await Promise.allSettled(clinicIds.map((clinicId) => sendTestPages(system, clinicId)));
  const failed = runs.filter((run) => run.status === 'rejected').length;
  if (failed > 0) throw new Error(`the test pages of ${failed} clinics failed`);
  return { clinics: clinicIds.length };
};
