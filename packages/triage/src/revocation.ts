import { type Finding, type Findings, isSign } from './concepts.ts';
import { thresholds } from './decide.ts';
import type { Facts } from './facts.ts';
import type { Opinion } from './second-reader.ts';
import { closesWithKeyword, opensWithKeyword, stopsInPassing } from './wishes.ts';

/** What revokes, in phrases that do not say what else is meant ("take me off the waiting list"). */
function revocationsIn({ reading, found }: Findings): Finding[] {
  const phraseOf = (at: number): number => reading.words[at]?.phrase ?? 0;
  const others = found.filter(({ concept }) => concept === 'not_revoking');
  const isOther = ({ first, last }: Finding): boolean =>
    others.some(
      (other) => phraseOf(other.first) <= phraseOf(last) && phraseOf(first) <= phraseOf(other.last),
    );
  return found.filter((finding) => finding.concept === 'opt_out' && !isOther(finding));
}

/** Who wants the texts, or wants them again, does not revoke with the same words. */
function wantsTexts(facts: Facts, { levels }: Opinion): boolean {
  if (levels.opt_in <= levels.opt_out) return false;
  return facts.names.has('opt_in') || levels.opt_in >= thresholds.readerOptIn;
}

/** Does a text revoke consent to be texted (product-rules 5)? */
export function revokes(findings: Findings, facts: Facts, opinion: Opinion): boolean {
  const revocations = revocationsIn(findings);
  const plainly = revocations.some(({ certain }) => certain);
  // "stop texting I'm driving" is no answering machine.
  if (facts.names.has('auto_reply') && !plainly) return false;
  if (opensWithKeyword(findings) || closesWithKeyword(findings)) return true;
  const said = revocations.length > 0 || stopsInPassing(findings);
  const isSure = opinion.optOut >= thresholds.surelyOptOut;
  // "Don't opt me out", "no me den de baja": the words of a revocation, denied.
  if (!plainly && findings.found.some(({ concept, certain }) => concept === 'opt_in' && certain))
    return false;
  // "No vuelvan a escribirme" holds the words of who wants the texts again.
  if (wantsTexts(facts, opinion) && !(said && isSure)) return false;
  const meansOther = facts.names.has('not_revoking') || facts.names.has('opt_in');
  if (!said && !isSure && meansOther) return false;
  // "I don't want to live anymore" shares its words with "I don't want these anymore".
  if (!said && facts.names.has('self_harm')) return false;
  if ((facts.names.has('wrong_number') || facts.names.has('prompt_injection')) && !said) return false;
  if (opinion.optOut >= thresholds.readerOptOut) return true;
  if (plainly && opinion.optOut >= thresholds.plainlySaid) return true;
  return said && opinion.optOut >= thresholds.saidOptOut;
}

/** What a revocation is about, or does: "make it stop" may be the pain. */
const ofTexts = new RegExp(
  '^(?:text|messag|mensaj|aviso|recordator|reminder|number|numero|list|sms|contact|escrib|mand|survey|' +
    'encuesta|robot|bots?$|unsub|opt$|unenroll|delete|remov|borr|elimin|desuscri|desactiv|' +
    'quiten|saquen|baja$)',
  'u',
);

/** The clause that a finding stands in, if it is about texts, asks nothing and tells of no sign. */
function revokingClause({ reading, found }: Findings, { first }: Finding): string | undefined {
  const clause = reading.words[first]?.clause ?? 0;
  const isIn = (at: number): boolean => reading.words[at]?.clause === clause;
  const tells = found.some(
    (other) =>
      other.standing === 'present' && isSign(other.concept) && (isIn(other.first) || isIn(other.last)),
  );
  const words = reading.words.filter((_, at) => isIn(at));
  if (tells || reading.questions.has(clause) || !words.some(({ word }) => ofTexts.test(word)))
    return undefined;
  return reading.original.slice(words[0]?.start ?? 0, words.at(-1)?.end ?? 0);
}

/**
 * Beside a sign a revocation is hard to hear: the reader judges the text as a whole ("fever and pus. DELETE
 * MY NUMBER"). So a clause that says one is also read by itself; `read` gives the reader's opinion of a text.
 */
export function revokesByItself(findings: Findings, facts: Facts, read: (text: string) => Opinion): boolean {
  if (facts.names.has('no_sign') || facts.names.has('auto_reply')) return false;
  if (facts.names.has('self_harm') || facts.names.has('wrong_number')) return false;
  // Several patterns may find the same revocation: each clause is read once.
  const clauses = new Set(revocationsIn(findings).map((finding) => revokingClause(findings, finding)));
  return [...clauses].some(
    (clause) => clause !== undefined && read(clause).optOut >= thresholds.ownClauseOptOut,
  );
}
