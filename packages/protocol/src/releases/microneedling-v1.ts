import approval from '../../content/microneedling/v1/approval.json' with { type: 'json' };
import expectations from '../../content/microneedling/v1/expectations.json' with { type: 'json' };
import intervals from '../../content/microneedling/v1/intervals.json' with { type: 'json' };
import matrix from '../../content/microneedling/v1/matrix.json' with { type: 'json' };
import modifiers from '../../content/microneedling/v1/modifiers.json' with { type: 'json' };
import release from '../../content/microneedling/v1/release.json' with { type: 'json' };
import textsEn from '../../content/microneedling/v1/texts.en.json' with { type: 'json' };
import textsEs from '../../content/microneedling/v1/texts.es.json' with { type: 'json' };
import timeline from '../../content/microneedling/v1/timeline.json' with { type: 'json' };
import topics from '../../content/microneedling/v1/topics.json' with { type: 'json' };
import type { ProtocolRelease } from '../release.ts';

/**
 * The three articles, settled; `draft` until a clinician's signature stands in approval.json (product-rules
 * 1).
 */
export const microneedlingV1: ProtocolRelease = {
  ...release,
  status: approval.approvals.length > 0 ? 'approved' : 'draft',
  approvals: approval.approvals,
  timeline,
  topics,
  matrix,
  modifiers,
  intervals,
  expectations,
  texts: { en: textsEn, es: textsEs },
};
