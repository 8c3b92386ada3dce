import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import type { Assessment } from './assessment.ts';

const read = (text: string): Assessment =>
  assess({ text, hoursSinceTreatment: 70, device: 'pen', needleDepthMm: 1 });

const ours =
  "GlowClinic: Today 1 better 2 same 3 worse? Fever/pus: 305-555-0100. Can't breathe/see: 911. STOP to end";

describe('our own words, quoted by a phone that tells of a reaction, are not the patient’s', () => {
  it.each([
    `Liked “${ours}”`,
    `Loved "${ours}"`,
    `Removed a heart from “${ours}”`,
    `Reacted 👍 to “${ours}”`,
    `\u200a\u200b👍\u200b to \u201c${ours}\u201d`,
    `Le gustó “${ours}”`,
    'Le encantó "Su cita es el viernes a las 10. Responda ALTO para no recibir más"',
    'Reaccionó con 👍 a "Use protector. Envíe BAJA para salir"',
    'Ha reaccionado con ❤️ a «¿Fiebre o pus? Llame al 305-555-0100»',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({
      level: 'admin',
      optOut: false,
      reaction: true,
      severeWordSeen: false,
    });
  });

  it.each([`Questioned “${ours}”`, `Disliked “${ours}”`, `No le gustó “${ours}”`, `👎 to “${ours}”`])(
    'what may mean "no" is asked about: %s',
    (text) => {
      expect(read(text)).toMatchObject({ level: 'unclear', optOut: false, reaction: false });
    },
  );

  it.each([
    "🆘 to “If you can't breathe: 911”",
    'Emphasized “Are you having trouble breathing?”',
    'Destacó “¿Fiebre o pus?”',
  ])('distress is asked about: %s', (text) => {
    expect(read(text)).toMatchObject({ level: 'unclear', reaction: false });
  });

  it.each(['Le dio una "convulsión"', 'Ha dicho que le duele “el pecho”'])('is no reaction: %s', (text) => {
    expect(read(text)).toMatchObject({ level: 'emergency', reaction: false });
  });

  it('hides nothing that the patient says beside it', () => {
    expect(read(`Liked “${ours}”\nbut my throat is closing`).level).toBe('emergency');
    expect(read(`Loved “${ours}” but I cant breathe`).level).toBe('emergency');
    expect(read(`Liked “${ours}”\nplease stop texting me`)).toMatchObject({ optOut: true, reaction: false });
    expect(read(`tengo pus\nLe gustó “${ours}”`).level).toBe('urgent');
  });
});
