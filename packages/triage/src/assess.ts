import { answerOf, isGibberish, isOrphanAnswer, levelOfAnswer } from './answers.ts';
import {
  type AssessInput,
  type Assessment,
  type Evidence,
  isSevere,
  type Level,
  severityOf,
} from './assessment.ts';
import type { Standing } from './circumstances.ts';
import { type Finding, type Findings, findConcepts, isSign } from './concepts.ts';
import { type Choice, chooseLevel, thresholds } from './decide.ts';
import { type Facts, factsOf } from './facts.ts';
import { featuresOf } from './features.ts';
import { languageOf } from './language.ts';
import { type Reaction, reactionIn } from './reaction.ts';
import { revokes, revokesByItself } from './revocation.ts';
import { applyRules, speaksOfDanger, type Verdict } from './rules.ts';
import { dangerOf, type Opinion, opinionOf, type SecondReader } from './second-reader.ts';
import { situationOf } from './situation.ts';
import { questionItemOf } from './topics.ts';
import { keywordOf } from './wishes.ts';

const temperatureQuestion = /temp|fever|fiebre/iu;

type Judged = { findings: Findings; facts: Facts; verdict: Verdict; opinion: Opinion };
type Read = Judged & { optOut: boolean; reaction: Reaction | undefined };

function judge(input: AssessInput, reader: SecondReader): Judged {
  const asked = temperatureQuestion.test(input.pending?.questionId ?? '');
  const findings = findConcepts(input.text, asked);
  const facts = factsOf(input, findings);
  const verdict = applyRules(facts);
  const opinion = reader(featuresOf(input, findings, verdict));
  return { findings, facts, verdict, opinion };
}

function readWith(input: AssessInput, reader: SecondReader): Read {
  const judged = judge(input, reader);
  const { findings, facts, opinion } = judged;
  const optOut =
    revokes(findings, facts, opinion) ||
    revokesByItself(findings, facts, (text) => judge({ ...input, text }, reader).opinion);
  return { ...judged, optOut, reaction: reactionIn(input.text) };
}

function choose(input: AssessInput, reading: Read): Choice & { optOut: boolean; digit?: 1 | 2 | 3 } {
  const { findings, facts, verdict, opinion, optOut, reaction } = reading;
  const wish = keywordOf(input.text, findings);
  if (wish !== undefined) return { level: wish, by: 'rule', optOut: wish === 'opt_out' };
  if (reaction !== undefined)
    return { level: reaction === 'doubts' ? 'unclear' : 'admin', by: 'rule', optOut: false };
  const asked = input.pending?.questionId ?? '';
  const answer = answerOf(input, findings.reading);
  if (answer?.bare === true) {
    return {
      level: levelOfAnswer(answer.digit, asked, input.hoursSinceTreatment),
      by: 'rule',
      optOut: false,
      digit: answer.digit,
    };
  }
  if (findings.reading.words.length === 0 || isOrphanAnswer(findings.reading)) {
    return { level: 'unclear', by: 'rule', optOut: false };
  }
  // "I drank bleach": few words that we know, and those say enough.
  const alarms = isSevere(verdict.level) || dangerOf(opinion) >= thresholds.severe;
  if (isGibberish(findings.reading) && !optOut && !alarms)
    return { level: 'unclear', by: 'rule', optOut: false };
  const severe = isSevere(verdict.sure) || dangerOf(opinion) >= thresholds.noOfficeAnswer;
  const nobodys = facts.names.has('wrong_number') && !optOut && facts.names.has('no_sign');
  if (((facts.names.has('auto_reply') && !optOut) || nobodys) && !severe)
    return { level: 'admin', by: 'rule', optOut: false };
  const choice = chooseLevel({
    verdict,
    opinion,
    optOut,
    optIn: facts.names.has('opt_in'),
    words: findings.reading.words.length,
    dangerNamed: namesDanger(findings),
  });
  if (answer === undefined) return { ...choice, optOut: optOut || choice.level === 'opt_out' };
  const answered = levelOfAnswer(answer.digit, asked, input.hoursSinceTreatment);
  const level = severityOf(answered) > severityOf(choice.level) ? answered : choice.level;
  return { ...choice, level, optOut, digit: answer.digit };
}

function evidenceOf(findings: Findings, verdict: Verdict, choice: Choice): Evidence[] {
  const { words, original } = findings.reading;
  const span = (rule: string, first: number, last: number): Evidence => {
    const start = words[first]?.start ?? 0;
    const end = words[last]?.end ?? original.length;
    return { rule, words: original.slice(start, end), start, end };
  };
  const seen = new Map<string, Evidence>();
  if (choice.level === verdict.level) {
    for (const { rule, shown } of verdict.fired) {
      for (const finding of shown) {
        const one = span(rule, finding.first, finding.last);
        seen.set(`${rule} ${one.start} ${one.end}`, one);
      }
    }
  }
  if (seen.size === 0) {
    const last = Math.max(0, words.length - 1);
    const ruled = choice.level === verdict.level ? verdict.fired[0]?.rule : undefined;
    return [span(choice.by === 'reader' ? 'second-reader' : (ruled ?? `keyword-${choice.level}`), 0, last)];
  }
  return [...seen.values()];
}

function namesOf(found: readonly Finding[], wanted: (finding: Finding) => boolean): string[] {
  return [...new Set(found.filter(wanted).map((finding) => finding.concept))];
}

function isSevereConcept(facts: Facts, verdict: Verdict, opinion: Opinion): boolean {
  if (isSevere(verdict.level)) return true;
  return dangerOf(opinion) >= thresholds.severeDoubt || facts.names.has('worst_word');
}

function questionItem(level: Level, findings: Findings): { questionItem?: string } {
  if (level !== 'question') return {};
  return { questionItem: questionItemOf(findings.reading) ?? 'other' };
}

const awayStandings: readonly Standing[] = ['past', 'other', 'imagined', 'corrected', 'figure'];

function namesDanger({ found }: Findings): boolean {
  return found.some(({ concept, standing }) => awayStandings.includes(standing) && speaksOfDanger(concept));
}

/** `assess` with another second reader; cross-validation reads with models that have not seen the text. */
export function assessWith(input: AssessInput, reader: SecondReader): Assessment {
  const reading = readWith(input, reader);
  const { findings, facts, verdict, reaction } = reading;
  const choice = choose(input, reading);
  const present = namesOf(findings.found, (finding) => finding.standing === 'present');
  const language = languageOf(findings.reading);
  return {
    level: choice.level,
    optOut: choice.optOut,
    language,
    concepts: present,
    negated: namesOf(
      findings.found,
      (finding) =>
        finding.standing === 'denied' && isSign(finding.concept) && !present.includes(finding.concept),
    ),
    evidence: evidenceOf(findings, verdict, choice),
    situation: situationOf(choice.level, facts, input, language),
    ...questionItem(choice.level, findings),
    ...(choice.digit === undefined ? {} : { digit: choice.digit }),
    severeWordSeen:
      reaction === undefined &&
      !isOrphanAnswer(findings.reading) &&
      isSevereConcept(facts, verdict, reading.opinion),
    reaction: reaction === 'received',
    autoResponder: facts.names.has('auto_reply') && choice.level === 'admin',
  };
}

/**
 * Reads one text message: what it means and how urgent it is. Pure and deterministic, never throws,
 * under 20 ms for any text. Levels and their boundaries: product-rules 2; signs: triage-evidence E3;
 * opt-out: product-rules 5.
 */
export function assess(input: AssessInput): Assessment {
  return assessWith(input, opinionOf);
}
