import { isSevere, type Level, levels } from './assessment.ts';
import type { Verdict } from './rules.ts';
import { dangerOf, type Opinion } from './second-reader.ts';

/** What is known about one text when the level is chosen. */
export type Grounds = {
  verdict: Verdict;
  opinion: Opinion;
  optOut: boolean;
  optIn: boolean;
  /** How many words the text has, numbers and emoji among them. */
  words: number;
  /** A sign of danger is named as past, another's, imagined, taken back or in jest; "no fever" names none. */
  dangerNamed: boolean;
};

/** Chosen by cross-validation on our own texts, the newest on `independent/` (docs/triage.md). */
export const thresholds = {
  severe: 0.3,
  urgentRule: 0.15,
  emergencyRule: 0.05,
  /** The same in a text of `letter` words or more. */
  inLetter: 0.001,
  strongRule: 0.02,
  burnByRf: 0.02,
  emergencyAlone: 0.2,
  emergencyShare: 0.12,
  shareWithRule: 0.07,
  shareWithStrongRule: 0.02,
  ruleBonus: 0.05,
  optOutBonus: 0.6,
  optInBonus: 0.4,
  emergencyWithOptOut: 0.25,
  surelyOptOut: 0.9,
  readerOptOut: 0.65,
  saidOptOut: 0.25,
  plainlySaid: 0.03,
  ownClauseOptOut: 0.99,
  readerOptIn: 0.5,
  severeDoubt: 0.3,
  noReassurance: 0.02,
  noReassuranceOnceNamed: 0.01,
  noOfficeAnswer: 0.05,
  noDismissalWithRule: 0.02,
};

export type Choice = { level: Level; by: 'rule' | 'reader' };

/** Rules that product-rules 2 spells out word by word: only a reader who is almost sure may doubt them. */
const strongRules = ['EM-self-harm', 'EM-fever-local', 'EM-hives-systemic', 'EM-faint'];

const saysDanger = ({ level }: Verdict): boolean => isSevere(level);

const isStrong = ({ rules }: Verdict): boolean => strongRules.some((rule) => rules.includes(rule));

/** In words; in so long a text one sentence of danger is a small part of what the reader sees. */
const letter = 30;

/** The bar that a text's danger has to reach: the lowest of those that its rules set. */
function severeBar({ verdict, words }: Grounds): number {
  const bars = [saysDanger(verdict) ? thresholds.urgentRule : thresholds.severe];
  if (isStrong(verdict)) bars.push(thresholds.strongRule);
  // A burn by radiofrequency is urgent at any hour, "never lower" (triage-evidence S-34).
  if (verdict.rules.includes('UR-burn-rf')) bars.push(thresholds.burnByRf);
  if (verdict.level === 'emergency') bars.push(thresholds.emergencyRule);
  if (verdict.level === 'emergency' && words >= letter) bars.push(thresholds.inLetter);
  return Math.min(...bars);
}

function emergencyShare(verdict: Verdict): number {
  if (isStrong(verdict)) return thresholds.shareWithStrongRule;
  return verdict.level === 'emergency' ? thresholds.shareWithRule : thresholds.emergencyShare;
}

/**
 * How likely a text tells of danger. A revocation is a wish, not a state of the body: beside a sign that a
 * rule found, it has no part in the comparison ("choking, stop texting").
 */
function severityTold({ verdict, opinion, optOut }: Grounds): number {
  const danger = dangerOf(opinion);
  if (!optOut || !saysDanger(verdict)) return danger;
  return danger / Math.max(danger, 1 - opinion.levels.opt_out);
}

function severe(grounds: Grounds): Choice | undefined {
  const { verdict, opinion, optOut } = grounds;
  const { level } = verdict;
  const { emergency } = opinion.levels;
  const severity = dangerOf(opinion);
  if (verdict.sure === 'emergency') return { level: 'emergency', by: 'rule' };
  const sure = verdict.sure === 'urgent';
  if (!sure && severityTold(grounds) < severeBar(grounds) && emergency < thresholds.emergencyAlone) {
    // Who says goodbye to our texts, and perhaps to more, is not only taken off a list (product-rules 5).
    const farewell = optOut && emergency >= thresholds.emergencyWithOptOut;
    return farewell ? { level: 'emergency', by: 'reader' } : undefined;
  }
  const ruled = level === 'emergency';
  if (emergency >= emergencyShare(verdict) * severity)
    return { level: 'emergency', by: ruled ? 'rule' : 'reader' };
  return { level: 'urgent', by: level === 'urgent' ? 'rule' : 'reader' };
}

const calm = levels.filter((level) => !isSevere(level));
/** What a human sees or is asked about first. */
const forHumans: readonly Level[] = ['review', 'question', 'unclear'];

function likeliest({ verdict, opinion, optOut, optIn }: Grounds, among: readonly Level[]): Choice {
  let best: Choice = { level: 'unclear', by: 'reader' };
  let most = -1;
  for (const level of among) {
    if (level === 'opt_out' && !optOut) continue;
    const backed = level === verdict.level || level === verdict.calm;
    const bonus =
      (backed ? thresholds.ruleBonus : 0) +
      (level === 'opt_out' ? thresholds.optOutBonus : 0) +
      (level === 'opt_in' && optIn ? thresholds.optInBonus : 0);
    if (opinion.levels[level] + bonus <= most) continue;
    most = opinion.levels[level] + bonus;
    best = { level, by: backed ? 'rule' : 'reader' };
  }
  return best;
}

/** Would this answer calm somebody who may be in danger, or pass them on to the office? */
function dismisses({ level }: Choice, { verdict, opinion, dangerNamed }: Grounds): boolean {
  if (level !== 'self_care' && level !== 'admin') return false;
  const danger = dangerOf(opinion);
  if (saysDanger(verdict)) return danger >= thresholds.noDismissalWithRule;
  if (level === 'admin') return danger >= thresholds.noOfficeAnswer;
  return danger >= (dangerNamed ? thresholds.noReassuranceOnceNamed : thresholds.noReassurance);
}

/**
 * A text of nothing but denials, or of nothing but gains of mild signs, by a grammar of whole texts
 * (only-denied.ts, only-improves.ts); "goes down more each day" holds words of growth and tells of none.
 */
function saysNothingIsWrong({ verdict, optOut }: Grounds): boolean {
  if (optOut) return false;
  if (verdict.rules.includes('SC-only-improves')) return true;
  return verdict.level === 'self_care' && verdict.rules.includes('SC-only-denied');
}

/**
 * Joins the rules and the second reader (issue 4): a certain rule is never lowered; a likely one needs
 * the reader not to rule it out; the reader alone may raise; between calm levels the reader chooses,
 * the rules weigh in.
 */
export function chooseLevel(grounds: Grounds): Choice {
  if (saysNothingIsWrong(grounds)) return { level: 'self_care', by: 'rule' };
  const raised = severe(grounds);
  if (raised !== undefined) return raised;
  const best = likeliest(grounds, calm);
  return dismisses(best, grounds) ? likeliest(grounds, forHumans) : best;
}
