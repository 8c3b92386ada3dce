import { type AssessInput, severityOf } from './assessment.ts';
import { feverFromCelsius, raisedFromCelsius } from './body-heat.ts';
import type { Finding, Findings } from './concepts.ts';
import { isSign } from './concepts.ts';
import { onlyDenies } from './only-denied.ts';
import { onlyImproves } from './only-improves.ts';
import { has } from './read.ts';
import { factOf, trait } from './traits.ts';
import { trendOf } from './trend.ts';
import { wordSet } from './word-set.ts';

/** What the rules read: concept names and derived facts, each with the words that show it. */
export type Facts = { names: ReadonlySet<string>; shownBy: ReadonlyMap<string, readonly Finding[]> };

const hourMarks = [6, 24, 48, 72, 96, 120, 168, 240, 336] as const;
const benign = wordSet('peeling dryness roughness itch crust acne_flare cracks grid_marks dark_patches');
const inflamed = 'redness swelling pain_mild warmth stinging tightness hot_lump eyelid_swelling'.split(' ');

/** Deepest needle of a session in millimetres; unknown = null. */
export function deepestMm(depth: AssessInput['needleDepthMm']): number | null {
  if (depth === null || typeof depth === 'number') return depth;
  return depth.length === 0 ? null : Math.max(...depth);
}

const hourFacts = hourMarks.map((mark) => ({ mark, after: `h_gt_${mark}`, until: `h_le_${mark}` }));

function addHours(names: Set<string>, hours: number | null): void {
  const known = hours ?? 72;
  for (const { mark, after, until } of hourFacts) names.add(known > mark ? after : until);
}

function addWords(names: Set<string>, findings: Findings): void {
  for (const { known, spans } of findings.reading.cells) {
    for (const fact of known.facts) names.add(fact);
    for (const { symbol } of spans) {
      const fact = factOf(symbol);
      if (fact !== undefined) names.add(fact);
    }
  }
}

function addTrend(names: Set<string>): void {
  if (names.has('worsening')) names.add('growing').add('growing_strong');
  if (names.has('pain_up')) names.add('growing').add('pain_rising');
  if (names.has('growing') && (names.has('pain_mild') || names.has('severe_pain'))) names.add('pain_rising');
  if (names.has('suddenly_word') && (names.has('growing') || names.has('swelling'))) names.add('rapid');
  if (names.has('pain_mild') || names.has('severe_pain') || names.has('pain_up')) names.add('pain_now');
}

function addFever(names: Set<string>, findings: Findings): void {
  if (!names.has('fever')) return;
  const gone = findings.found.filter(
    (finding) => finding.concept === 'fever' && finding.standing === 'present',
  );
  const allGone =
    gone.every((finding) => finding.resolved) && (findings.hottestCelsius ?? 0) < feverFromCelsius;
  if (!allGone) names.add('fever_now');
  else names.add('fever_masked');
}

function addBleeding(names: Set<string>): void {
  const stopped = names.has('bleeding_stopped');
  if (names.has('uncontrolled_bleeding')) names.add('bleeding_now');
  if (names.has('bleeding_minor') && !stopped) names.add('bleeding_now');
}

function addAbsences(names: Set<string>, findings: Findings): void {
  const signs = [...names].filter((name) => isSign(name));
  if (signs.length === 0) names.add('no_sign');
  if (signs.length > 0 && signs.every((name) => benign.has(name))) names.add('only_benign');
  const asks = findings.reading.questions.size > 0;
  if (asks && !inflamed.some((name) => names.has(name)) && names.has('ask_topic')) names.add('ask_only');
  const denied = findings.found.some((f) => f.concept === 'breathing_difficulty' && f.standing === 'denied');
  if (denied) names.add('breathing_denied');
}

/** Facts that stand for a finding under another name, so that a rule shows and trusts the same words. */
const sources: readonly (readonly [string, readonly string[]])[] = [
  ['fever_now', ['fever']],
  ['fever_masked', ['fever']],
  ['growing', ['worsening', 'pain_up', 'size_up']],
  ['pain_rising', ['pain_up', 'size_up']],
  ['pain_now', ['pain_mild', 'severe_pain', 'pain_up']],
  ['bleeding_now', ['uncontrolled_bleeding', 'bleeding_minor']],
];

function showDerived(names: Set<string>, shownBy: Map<string, readonly Finding[]>): void {
  for (const [name, from] of sources) {
    if (names.has(name))
      shownBy.set(
        name,
        from.flatMap((source) => shownBy.get(source) ?? []),
      );
  }
}

function addComparison(
  names: Set<string>,
  shownBy: Map<string, readonly Finding[]>,
  findings: Findings,
): void {
  const trend = trendOf(findings.reading);
  if (trend === undefined) return;
  const concept = trend.direction === 'up' ? 'size_up' : 'improving';
  names.add(concept);
  if (trend.direction === 'up') names.add('growing');
  const { first, last } = trend;
  shownBy.set(concept, [{ concept, standing: 'present', first, last, resolved: false, certain: false }]);
}

const trendHours = 96;

/** "It's worse": of what an earlier text of the last four days told, when this one names nothing. */
function addEarlier(names: Set<string>, earlier: AssessInput['earlier']): void {
  if (!names.has('no_sign')) return;
  const told = (earlier ?? []).some((one) => one.hoursAgo <= trendHours && severityOf(one.level) > 0);
  if (told) names.add('unnamed_face');
}

/** Turns findings into the facts that the rules ask for (E2: time, severity, trend, place, flags). */
export function factsOf(input: AssessInput, findings: Findings): Facts {
  const names = new Set<string>();
  const shownBy = new Map<string, readonly Finding[]>();
  for (const finding of findings.found) {
    if (finding.standing !== 'present') continue;
    names.add(finding.concept);
    shownBy.set(finding.concept, [...(shownBy.get(finding.concept) ?? []), finding]);
  }
  addHours(names, input.hoursSinceTreatment);
  const depth = deepestMm(input.needleDepthMm);
  if (input.device === 'rf' || input.device === null) names.add('rf');
  if (depth === null || depth >= 1.5) names.add('deep');
  if (depth !== null && depth <= 0.3 && input.device !== 'rf') names.add('shallow');
  for (const flag of input.flags ?? []) names.add(`flag_${flag}`);
  addWords(names, findings);
  addComparison(names, shownBy, findings);
  addTrend(names);
  addFever(names, findings);
  addBleeding(names);
  if (
    findings.reading.words.some((word) => /^(?:vomit|vomite|puk|threw|throwing|bomit)/u.test(word.word)) &&
    names.has('nausea')
  )
    names.add('vomited');
  const warmest = findings.warmestCelsius ?? 0;
  if (warmest >= raisedFromCelsius && warmest < feverFromCelsius) names.add('raised_temperature');
  addAbsences(names, findings);
  if (onlyDenies(findings.reading)) names.add('only_denied');
  if (onlyImproves(findings.reading)) names.add('only_improves');
  addEarlier(names, input.earlier);
  showDerived(names, shownBy);
  if (names.has('swelling') && findings.reading.cells.some((cell) => has(cell, trait.face)))
    names.add('face_swelling');
  if (names.has('lip_swelling') && (names.has('mild_word') || names.has('improving')))
    names.add('mild_local_lips');
  return { names, shownBy };
}
