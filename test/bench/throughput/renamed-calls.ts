import type { BareCall } from '../cold/issue-calls.ts';
import type { EmulatedServices } from '../functions/emulated-services.ts';
import { phoneKeyOfPatient, phoneOf, sessionIdOf, sessionKeyOfPatient, sidOf } from '../functions/events.ts';

/** Is a call about the nth patient? */
export function isAbout(services: EmulatedServices, call: BareCall, n: number): boolean {
  const text = JSON.stringify(call.input);
  const isOfPhone = text.includes(encodeURIComponent(phoneOf(n))) || text.includes(phoneOf(n));
  return (
    isOfPhone ||
    text.includes(sessionKeyOfPatient(services, n)) ||
    text.includes(phoneKeyOfPatient(services, n)) ||
    text.includes(sidOf(n))
  );
}

/** The same request for another patient, with ids of its own. */
export function renamed(services: EmulatedServices, call: BareCall, from: number, to: number): BareCall {
  const text = JSON.stringify(call.input)
    .replaceAll(sessionKeyOfPatient(services, from), sessionKeyOfPatient(services, to))
    .replaceAll(phoneKeyOfPatient(services, from), phoneKeyOfPatient(services, to))
    .replaceAll(phoneOf(from), phoneOf(to))
    .replaceAll(sidOf(from), sidOf(to))
    .replaceAll(encodeURIComponent(phoneOf(from)), encodeURIComponent(phoneOf(to)))
    .replaceAll(`"${sessionIdOf(from)}"`, `"${sessionIdOf(to)}"`)
    .replaceAll(`"p-${from}"`, `"p-${to}"`)
    .replaceAll(`PATIENT#p-${from}"`, `PATIENT#p-${to}"`)
    .replaceAll(/\b(01[0-9A-Z]{8})([0-9A-Z])([0-9A-Z]{15})\b/g, (_all, start, middle, end) => {
      return `${start}${middle === 'Z' ? 'Y' : 'Z'}${end}`;
    });
  return { ...call, input: JSON.parse(text) };
}
