import type { ClinicWebhook, WebhookOutcome } from '@aftercare/usecases/ports';
import { type Effect, withoutFaults } from './effect.ts';

export type WebhookPost = Parameters<ClinicWebhook['post']>[0];

export type MemoryClinicWebhook = ClinicWebhook & {
  /** Every attempt that arrived, in order. */
  readonly posts: readonly WebhookPost[];
  /** How the clinic's server answers from now on; 200 at first. */
  answerWith(answer: (post: WebhookPost) => WebhookOutcome): void;
};

export function createMemoryClinicWebhook(effect: Effect = withoutFaults): MemoryClinicWebhook {
  const posts: WebhookPost[] = [];
  let answer = (_post: WebhookPost): WebhookOutcome => ({ kind: 'answered', httpStatus: 200 });
  return {
    posts,
    post: (request) =>
      effect('clinicWebhook.post', async () => {
        posts.push(request);
        return answer(request);
      }),
    answerWith(next) {
      answer = next;
    },
  };
}
