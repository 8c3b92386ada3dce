import { canceledReading } from '@aftercare/reminders/error-classes';
import { isSkipReason, reasonText } from '@aftercare/reminders/reasons';

const others: { readonly [reason: string]: string } = {
  carrier_busy: 'the carrier was too busy to take it',
  carrier_canceled: canceledReading.clinicText,
  carrier_unknown: 'The phone carrier could not deliver it and gave no reason. Please call the patient.',
  resend_after_loss: 'the carrier has no record of the first attempt',
};

/** A stored reason in words that a receptionist understands. */
export function explain(reason: string): string {
  if (isSkipReason(reason)) return reasonText(reason, 'en');
  const carrierCode = /^carrier_(\d+)$/.exec(reason)?.[1];
  if (carrierCode !== undefined) return `The phone carrier refused it (error ${carrierCode}).`;
  return others[reason] ?? `Reason: ${reason.replaceAll('_', ' ')}.`;
}
