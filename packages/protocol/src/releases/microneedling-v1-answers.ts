import en from '../../content/microneedling/v1/answers.en.json' with { type: 'json' };
import es from '../../content/microneedling/v1/answers.es.json' with { type: 'json' };
import items from '../../content/microneedling/v1/answers.json' with { type: 'json' };
import type { Answers } from '../release.ts';

/** Apart from the release itself, so that send-reminder does not carry words it never sends. */
export const microneedlingV1Answers: Answers = { items, texts: { en, es } };
