/**
 * What the carrier says of one text, in our words and in the order in which they can come; the last four end
 * it.
 */
export const deliveryStatuses = [
  'accepted',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'canceled',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export type Delivery = { status: DeliveryStatus; errorCode?: number };

const ranks = {
  accepted: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
} as const satisfies Record<DeliveryStatus, number>;

/** The rank that nothing follows. */
export const terminalRank = 5;

/** 1 to 5; stored beside the status so that one conditional update can refuse what is older. */
export function deliveryRank(status: DeliveryStatus): number {
  return ranks[status];
}

export function isTerminal(status: DeliveryStatus): boolean {
  return ranks[status] === terminalRank;
}

/**
 * What is known after a receipt. Receipts are repeated and overtake each other (twilio-and-sms-rules 2.4), so
 * the status only climbs and never leaves a terminal one; an error code is kept for ever, and one that comes
 * late with the same status is added. `changed` is false when there is nothing to write.
 */
export function mergeDelivery(
  held: Delivery | undefined,
  receipt: Delivery,
): { delivery: Delivery; changed: boolean } {
  if (held === undefined) return { delivery: receipt, changed: true };
  if (deliveryRank(receipt.status) > deliveryRank(held.status)) {
    const errorCode = receipt.errorCode ?? held.errorCode;
    const delivery = { status: receipt.status, ...(errorCode === undefined ? {} : { errorCode }) };
    return { delivery, changed: true };
  }
  const addsCode = receipt.status === held.status && held.errorCode === undefined;
  if (addsCode && receipt.errorCode !== undefined) {
    return { delivery: { status: held.status, errorCode: receipt.errorCode }, changed: true };
  }
  return { delivery: held, changed: false };
}
