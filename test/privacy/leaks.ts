import { simulatedWebhookSecret } from '../simulation/http-events.ts';
import { testSecrets } from '../simulation/outside.ts';

/** Data that stands out wherever it turns up. Nobody is called so, and no text says so by accident. */
export const marked = {
  name: 'Zyxwvutsr',
  guardian: 'Qwertzuiopas',
  practitioner: 'Mnbvcxylkj',
  staff: 'Poiuztrewq',
  text: 'xqzmarker',
  phone: '+13055559876',
  otherPhone: '+13055559875',
  staffPhones: ['+13055559111', '+13055559112', '+13055559113'],
} as const;

/** One thing that left the system and may be read by whoever runs it. */
export type Trace = { readonly where: string; readonly text: string };

const words = [
  marked.name,
  marked.guardian,
  marked.practitioner,
  marked.staff,
  marked.text,
  testSecrets.twilioAuthTokens[0] ?? '',
  testSecrets.phonePepper,
  testSecrets.dataKeys[0]?.key ?? '',
  simulatedWebhookSecret.replace('whsec_', ''),
].map((word) => word.toLowerCase());

/** National digits: found in any formatting, because everything else is taken out before. */
const digits = [marked.phone, marked.otherPhone, ...marked.staffPhones].map((phone) => phone.slice(2));

/** What of the marked data is in a text: in any case, percent-encoded, or in base64. */
export function leaksIn(text: string): readonly string[] {
  const readings = [text, decoded(text)].map((reading) => reading.toLowerCase());
  const found = words.filter((word) => readings.some((reading) => reading.includes(word)));
  const encoded = [marked.name, marked.text, marked.phone].filter((word) => text.includes(base64Core(word)));
  const plain = text.replaceAll(/[^0-9]/g, '');
  return [...found, ...encoded, ...digits.filter((number) => plain.includes(number))];
}

function decoded(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** The characters that do not depend on what follows the word. */
const base64Core = (word: string): string => Buffer.from(word).toString('base64').slice(0, 12);

/** Every trace that holds something, with where and what: the failure text of a walk. */
export function leaksOf(traces: readonly Trace[]): readonly string[] {
  return traces.flatMap(({ where, text }) =>
    leaksIn(text).map((leak) => `${where} holds ${leak}: ${text.slice(0, 300)}`),
  );
}
