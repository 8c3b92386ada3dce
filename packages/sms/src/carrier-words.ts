/** What Twilio itself does with a text that is exactly one of its words. */
export type CarrierKeyword = 'stop' | 'start' | 'help';

// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, default keywords of long codes, 2026-11.
const KEYWORDS: ReadonlyMap<string, CarrierKeyword> = new Map([
  ...words('stop', ['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']),
  ...words('start', ['START', 'YES', 'UNSTOP']),
  ...words('help', ['HELP', 'INFO']),
]);

/** The keyword when the whole text, trimmed and without case, is one ("Stop" is, "Stop please" is not). */
export function carrierKeyword(body: string): CarrierKeyword | undefined {
  return KEYWORDS.get(body.trim().toUpperCase());
}

function words(keyword: CarrierKeyword, texts: readonly string[]): [string, CarrierKeyword][] {
  return texts.map((text) => [text, keyword]);
}
