import type { CarrierStatus } from '@aftercare/usecases/ports';

const byWord: ReadonlyMap<string, CarrierStatus> = new Map([
  ['accepted', 'accepted'],
  ['scheduled', 'accepted'],
  ['queued', 'queued'],
  ['sending', 'sending'],
  ['sent', 'sent'],
  ['partially_delivered', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
]);

/** Twilio's `status` word as ours; undefined for inbound words and for words of the future. */
export function carrierStatusOf(word: string): CarrierStatus | undefined {
  return byWord.get(word);
}
