import { readdirSync, readFileSync } from 'node:fs';
import { analyse } from '@aftercare/sms/encoding';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decide, patient } from './sample-context.ts';

const row = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  hoursSinceTreatment: z.number(),
  device: z.enum(['roller', 'stamper', 'pen', 'rf']).nullable(),
  needleDepthMm: z.number().nullable(),
});
const folder = new URL('../triage/corpus/', import.meta.url);
const rows = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n'))
  .map((line) => row.parse(JSON.parse(line)));

function answer(one: (typeof rows)[number]) {
  const usual = patient('p-1', { language: one.lang === 'es' ? 'es' : 'en' });
  const sessions = usual.sessions.map((session) => ({
    ...session,
    treatment: { ...session.treatment, device: one.device, needleDepthMm: one.needleDepthMm },
  }));
  return decide(one.text, {
    hours: one.hoursSinceTreatment,
    patients: [{ ...usual, sessions }],
    clinic: { displayName: 'Glow Skin Clinic 123' },
  });
}

const severeTemplates = ['emergency', 'self_harm', 'eye_substance', 'bleeding', 'urgent', 'urgent_er_now'];

describe('the texts that three writers made up', () => {
  it('each get one reply of at most two segments, and a severe one never a calm reply', {
    timeout: 60_000,
  }, () => {
    expect(rows.length).toBeGreaterThan(1000);
    for (const one of rows) {
      const { level, reply, alert, noReplyReason, tasks } = answer(one);
      const size = analyse(reply?.body ?? '');
      expect([one.id, size.encoding, size.segments <= 2]).toEqual([one.id, 'GSM-7', true]);
      expect([one.id, reply !== undefined || noReplyReason !== undefined]).toEqual([one.id, true]);
      const severe = level === 'emergency' || level === 'urgent';
      expect([one.id, alert !== undefined]).toEqual([one.id, severe]);
      if (severe) expect(severeTemplates, one.id).toContain(reply?.templateId);
      if (level === 'review' || level === 'unclear') expect(tasks.length, one.id).toBeGreaterThan(0);
    }
  });
});
