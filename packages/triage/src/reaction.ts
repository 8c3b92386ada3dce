/**
 * What a phone sends in words where the other side cannot show a reaction: how somebody reacted, then the
 * text reacted to, in quotes. As iPhones and Android phones write it in English and in Spanish.
 */
const told = [
  'liked|loved|laughed at|emphasi[sz]ed|disliked|questioned|removed an? [\\w ]{3,30} from',
  '(?:no )?les? (?:ha )?(?:gust|encant)[^"“«\\n]{1,20}',
  'le dio (?:un )?me (?:gusta|encanta|divierte)[^"“«\\n]{0,6}',
  '(?:ha )?(?:indicado|dicho) que (?:no )?le (?:gust|encant|divert)\\w*',
  '(?:se |ha )?(?:ri[oó] (?:de|con)|(?:disgust|enfati[zs]|destac|cuestion)(?:[oó]|ado))[^\\p{L}"“«\\n]{0,6}',
  '(?:ha )?marc(?:[oó]|ado) como[^"“«\\n]{0,20}',
  '(?:(?:ha )?(?:react|reacc)[^"“«\\n]{2,12})?\\p{Extended_Pictographic}[^\\w"“«\\n]{0,6}(?:to|a)',
].join('|');
const reaction = new RegExp(
  `^([^\\w\\n]{0,6}(?:${told})[^\\w"“«\\n]{0,6})("[^"]*"|“[^”]*”|«[^»]*»)(?=\\s*$)`,
  'gimu',
);
const wholeReaction = new RegExp(reaction.source, 'iu');
/** Signs of distress among the reactions, too: they ask for somebody. */
const doubts =
  /disliked|questioned|emphasi|no les?|disgust|cuestion|enfati|destac|[👎❓❔⁉🆘🚨😢😭😱😨😰🤢🤮🤒😖😩😫💔‼❗]/iu;

/**
 * A text without what such reactions quote: our own words ("Can't breathe: 911. STOP to end") are not the
 * patient's. Spaces stand in its place, so that offsets stay.
 */
export function withoutQuotes(text: string): string {
  return text.replace(reaction, (_, said: string, quoted: string) => said + ' '.repeat(quoted.length));
}

/** What a reaction says: "seen" or "liked", or that more must be asked. */
export type Reaction = 'received' | 'doubts';

/** The reaction that a whole text is a phone's note of. */
export function reactionIn(text: string): Reaction | undefined {
  const [whole, said] = wholeReaction.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return doubts.test(said ?? '') ? 'doubts' : 'received';
}
