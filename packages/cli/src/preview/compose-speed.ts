import { CLASS_IDS } from '@aftercare/protocol/classes';
import { composeReminder } from '@aftercare/protocol/compose';
import { PHONE, REFERENCE_NAME, sampleSession } from '@aftercare/protocol/lint/cases';
import { currentRelease } from '@aftercare/protocol/release';
import { addHours } from '@aftercare/time/instant';

const WARM_UP = 20_000;
const BURST = 500;

/**
 * How many reminders one core composes per second, over every class, day and language in the standard style:
 * the median of many short bursts. For the `bench` command.
 *
 * @param bursts how many bursts of 500 texts to time
 * @param cpuMs milliseconds of processor time this process has used, so that other work on the machine does
 *   not count
 */
export function composingSpeed(bursts: number, cpuMs: () => number): { medianPerSecond: number } {
  const requests = allRequests();
  const compose = (index: number) => {
    const request = requests[index % requests.length];
    if (request !== undefined) composeReminder(request);
  };
  for (let index = 0; index < WARM_UP; index += 1) compose(index);
  const speeds = Array.from({ length: bursts }, () => {
    const startedMs = cpuMs();
    for (let index = 0; index < BURST; index += 1) compose(index);
    return (BURST * 1000) / (cpuMs() - startedMs);
  });
  const sorted = speeds.toSorted((a, b) => a - b);
  return { medianPerSecond: Math.round(sorted[Math.floor(bursts / 2)] ?? 0) };
}

function allRequests() {
  const release = currentRelease();
  return CLASS_IDS.flatMap((classId) =>
    release.days.flatMap((day) =>
      (['en', 'es'] as const).map((language) => {
        const session = sampleSession(classId, '13:00');
        const now = addHours(session.endedAt, day * 24 - 3);
        const contact = { clinicName: REFERENCE_NAME, phone: PHONE };
        return { release, session, day, now, language, style: 'standard' as const, ...contact };
      }),
    ),
  );
}
