import { isOpenAt } from '@aftercare/time/opening-hours';
import type { ConversationContext, LocationView } from './context.ts';
import type { AlertDraft, Decision, NoReplyReason, ReplyDraft } from './decision.ts';
import { severeReplyGuard } from './loop-guard.ts';
import type { Reading } from './reading.ts';
import { fill, type Language, type TemplateId } from './templates.ts';

/**
 * Names under which a reading reports signs of infection; they page at night (product-rules 6, nightPages).
 */
const infectionConcepts = /fever|pus|sepsis|chills|spreading|streak|hot_lump|foul|ooze|honey|lymph/;

/** What an emergency or urgent reading leads to: the fixed text, and somebody who is paged. */
export function severeOutcome(
  context: ConversationContext,
  reading: Reading,
  level: 'emergency' | 'urgent',
  place: LocationView,
  language: Language,
): Pick<Decision, 'reply' | 'noReplyReason' | 'alert' | 'optOut'> {
  const optOut = reading.assessment.optOut && context.phone.optedOutBy === undefined;
  const templateId = severeTemplate(context, reading, level, place, language);
  const refused = refusal(context, reading, templateId);
  const alert: AlertDraft = {
    level,
    pace: level === 'emergency' || reading.situation === 'bleeding' ? 'emergency' : 'urgent',
    infection: reading.assessment.concepts.some((concept) => infectionConcepts.test(concept)),
    ...(refused === undefined ? {} : { noReplyReason: refused }),
  };
  return {
    alert,
    ...(optOut ? { optOut: { by: 'words' as const } } : {}),
    ...(refused === undefined
      ? { reply: severeReply(context, templateId, place, language, optOut) }
      : { noReplyReason: refused }),
  };
}

/** The family of severe text; a level that the conversation raised takes the plain text of its level. */
function severeTemplate(
  context: ConversationContext,
  reading: Reading,
  level: 'emergency' | 'urgent',
  place: LocationView,
  language: Language,
): TemplateId {
  if (!context.clinic.approvedLanguages.includes(language)) return 'draft_line';
  const { situation } = reading;
  if (level === 'emergency')
    return situation === 'self_harm' || situation === 'eye_substance' ? situation : 'emergency';
  if (situation === 'bleeding' || situation === 'urgent_er_now') return situation;
  const selfDirect = place.coverage === 'afterHoursSelfDirect' && !isOpenAt(context.now, place);
  return selfDirect ? 'urgent_closed' : 'urgent';
}

/**
 * Severe replies go always, except to a number that opted out, a machine, or as an echo of the one just
 * sent.
 */
function refusal(
  context: ConversationContext,
  reading: Reading,
  templateId: TemplateId,
): NoReplyReason | undefined {
  if (context.text.fromMachine === true) return 'not_a_phone';
  if (context.phone.optedOutBy !== undefined) return 'opted_out';
  if (reading.assessment.optOut) return undefined;
  return severeReplyGuard(context, templateId);
}

function severeReply(
  context: ConversationContext,
  templateId: TemplateId,
  place: LocationView,
  language: Language,
  optOut: boolean,
): ReplyDraft {
  const values = { clinic: context.clinic.displayName, phone: place.phone };
  const body = fill(templateId, language, values);
  const confirm = optOut && !context.phone.optOutConfirmed;
  return {
    kind: confirm ? 'opt_out' : 'reply',
    templateId,
    // Product-rules 5: the emergency or urgent text followed by the opt-out sentence, as one text.
    body: confirm ? `${body} ${fill('opt_out_after_severe', language, values)}` : body,
    facts: [],
    severe: true,
    counts: false,
  };
}
