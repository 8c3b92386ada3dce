/**
 * A session that ended an hour before `now`: pen, 1.0 mm, face. Everyone in it is fictional.
 *
 * @param now what the system's clock shows
 * @param wall what this machine's clock shows: makes the id new each time
 */
export function sampleSession(now: string, wall: string): object {
  const endedAtMs = Math.floor(Date.parse(now) / 1000) * 1000 - 3_600_000;
  return {
    sessionId: `visit-${wall.replaceAll(/[^0-9]/g, '').slice(0, 17)}`,
    patient: {
      patientId: 'p-881',
      firstName: 'Ana',
      phone: '+13055550123',
      language: 'en',
      timeZone: 'America/New_York',
      consent: { givenAt: instantText(endedAtMs - 5_400_000), method: 'written' },
    },
    treatment: {
      endedAt: instantText(endedAtMs),
      device: 'pen',
      needleDepthMm: 1.0,
      areas: ['face'],
      practitioner: 'Dr. Example',
    },
  };
}

function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
