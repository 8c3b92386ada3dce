import { fileURLToPath } from 'node:url';
import { readJourneyFile } from '@aftercare/cli/journey/journey-file';
import { type Transcript, walkJourney } from '@aftercare/cli/journey/walk';
import { describe, expect, it } from 'vitest';

/** The whole system over HTTP: intake, emulated carrier, queues, schedules, stream. */
async function walk(name: string): Promise<Transcript> {
  const read = readJourneyFile(fileURLToPath(new URL(`files/${name}.json`, import.meta.url)));
  if (!read.ok) throw new Error(read.message);
  const walked = await walkJourney(read.journey, read.endedAt);
  if (!walked.ok) throw new Error(walked.message);
  return walked.transcript;
}

const ana = '+13055550123';
const doctor = '+13055550112';

describe('an urgent reply on the running system', () => {
  it('climbs to the second person, is taken, told to the patient and closed', {
    timeout: 60_000,
  }, async () => {
    const { messages, alerts, events } = await walk('urgent-climbs-to-done');
    const bodies = (to: string): string[] =>
      messages.filter((one) => one.direction === 'outbound' && one.to === to).map((one) => one.body);
    expect(bodies(doctor)[0]).toMatch(/^AFTERCARE URGENT 1000 Brickell p-881 23:30\./);
    expect(bodies(ana)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Please call GlowClinic now/),
        expect.stringMatching(
          /^GlowClinic saw your text at 11:50 PM and will contact you\. No call by 12:30 AM/,
        ),
      ]),
    );
    expect(alerts).toMatchObject([
      { status: 'done', acknowledgedBy: 'doctor', closedBy: 'doctor', outcome: 'real', rung: 1 },
    ]);
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'alert.opened' }),
        expect.objectContaining({ type: 'alert.escalated' }),
        expect.objectContaining({ type: 'alert.acknowledged' }),
      ]),
    );
  });
});
