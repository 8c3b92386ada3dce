import { acceptSession } from '@aftercare/usecases/accept-session';
import { amendSession } from '@aftercare/usecases/amend-session';
import { cancelSession } from '@aftercare/usecases/cancel-session';
import { type ClinicDirectory, createClinicDirectory } from '@aftercare/usecases/clinics';
import type { Item, System } from '@aftercare/usecases/ports';
import { type DeliveryReceipt, recordDelivery } from '@aftercare/usecases/record-delivery';
import { sendReminder } from '@aftercare/usecases/send-reminder';
import { sweep } from '@aftercare/usecases/sweep';

export type IntakeEvent =
  | { readonly do: 'post'; readonly clinicId: string; readonly body: unknown }
  | { readonly do: 'put'; readonly clinicId: string; readonly sessionId: string; readonly body: unknown }
  | { readonly do: 'delete'; readonly clinicId: string; readonly sessionId: string };

const withClinics = (system: System): System & { readonly clinics: ClinicDirectory } => ({
  ...system,
  clinics: createClinicDirectory(system),
});

/** One body a function: what a container holds after its cold start. */
export const bodies = {
  intake: (bare: System) => {
    const system = withClinics(bare);
    return async (event: IntakeEvent): Promise<{ readonly kind: string }> => {
      const clinic = await system.clinics.load(event.clinicId);
      if (clinic === undefined) return { kind: 'no clinic' };
      switch (event.do) {
        case 'post':
          return acceptSession(system, clinic, event.body);
        case 'put':
          return amendSession(system, clinic, event.sessionId, event.body);
        case 'delete':
          return cancelSession(system, event.clinicId, event.sessionId);
      }
    };
  },
  'send-reminder': (bare: System) => {
    const system = withClinics(bare);
    return async (bodies: readonly Item[]): Promise<readonly number[]> =>
      partial(bodies, ({ sessionKey, revision, day, attempt }) =>
        sendReminder(system, {
          sessionKey: String(sessionKey),
          revision: Number(revision),
          day: Number(day),
          attempt: Number(attempt),
        }),
      );
  },
  'delivery-status': (bare: System) => {
    const system = { ...withClinics(bare), onPageReceipt: async () => undefined };
    return (receipt: DeliveryReceipt) => recordDelivery(system, receipt);
  },
  sweep: (bare: System) => {
    const system = {
      ...withClinics(bare),
      onPageReceipt: async () => undefined,
      onLost: async () => undefined,
      attend: async () => false,
    };
    return async (_event: undefined) => sweep(system);
  },
};
export type Bodies = typeof bodies;
export type FunctionName = keyof Bodies;

/** Partial batch response: the positions that failed. */
async function partial(
  all: readonly Item[],
  one: (body: Item) => Promise<unknown>,
): Promise<readonly number[]> {
  const failed: number[] = [];
  for (const [position, body] of all.entries()) {
    try {
      await one(body);
    } catch {
      failed.push(position);
    }
  }
  return failed;
}
