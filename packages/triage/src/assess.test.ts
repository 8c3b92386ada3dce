import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import type { AssessInput } from './assessment.ts';

function input(text: string, rest: Partial<AssessInput> = {}): AssessInput {
  return { text, hoursSinceTreatment: 30, device: 'pen', needleDepthMm: 1, ...rest };
}

describe('a text in danger is never read as calm', () => {
  it.each([
    ["I can't breathe", 2],
    ['no puedo respirar', 3],
    ['my throat is closing', 1],
    ['se me está cerrando la garganta', 1],
    ['HELP CANT BREATHE', 5],
    ['STOP texting me, I cant breathe', 5],
    ['h ard to br eathe', 2],
    ['passed out', 20],
    ['quiero morirme', 200],
  ])('%s', (text, hoursSinceTreatment) => {
    expect(assess(input(text, { hoursSinceTreatment })).level).toBe('emergency');
  });

  it('keeps a fever over 38 °C urgent whatever unit it is told in', () => {
    for (const text of [
      'temp 38.6',
      'fever of 101.5',
      'treinta y ocho con seis de fiebre',
      "it's not 99.8, it's 100.8",
    ]) {
      expect(assess(input(text)).level).toBe('urgent');
    }
  });

  it('sends a fever with pus or spreading redness to the emergency department (product-rules 2)', () => {
    expect(assess(input('fever 101.5 and yellow pus', { hoursSinceTreatment: 64 })).level).toBe('emergency');
  });
});

describe("a fever of one's own is not lost behind another statement", () => {
  it.each([
    ['no mas mensajes tengo calentura de 38 y medio', true],
    ['ya no me escriban que ando con calentura', true],
    ['mi marido tambien tuvo fiebre la semana pasada, pero la mia es de 38.4 y empezo hoy', false],
    ['algo me aprieta y no paso ni la saliva, y traigo calentura', false],
  ])('%s', (text, optOut) => {
    const read = assess(input(text, { hoursSinceTreatment: 60 }));
    expect(read.concepts).toContain('fever');
    expect(['urgent', 'emergency']).toContain(read.level);
    expect(read.optOut).toBe(optOut);
  });

  it.each(['no lo tengo hinchado', 'ni siquiera tengo hinchado, todo bien'])('still denied: %s', (text) => {
    expect(assess(input(text)).concepts).not.toContain('swelling');
  });
});

describe("a sign of one's own is there, whatever stands around it", () => {
  it.each([
    ['what should I do if my tongue is swelling', 'throat_tongue_swelling'],
    ["what should I do if I can't breathe", 'breathing_difficulty'],
    ['text me if you can, throat closing', 'throat_tongue_swelling'],
    ['would someone please call me my tongue is swelling', 'throat_tongue_swelling'],
    ['dont text me again fever and pus', 'pus'],
    ['no me escriban mas, lengua hinchada', 'throat_tongue_swelling'],
    ['no appetite, fever, chills', 'chills'],
    ['no dormi nada, fiebre toda la noche', 'fever'],
    ['no me siento bien, fiebre y pus', 'pus'],
    ['havent taken anything for the fever', 'fever'],
    ['no esperaba tener fiebre', 'fever'],
    ['no se va la fiebre', 'fever'],
    ['same as last time, hives all over', 'hives'],
    ['last year nothing, this time pus', 'pus'],
    ['running late picking up kids, fever of 102', 'fever'],
    ['home with kids, tongue swelling', 'throat_tongue_swelling'],
    ['my coworker has a fever and so do I', 'fever'],
    ['38.5 and sunscreen on my face burns', 'fever'],
    ['100.4 am worried', 'fever'],
    ['39C', 'fever'],
    ['fiebre no, pus si', 'pus'],
  ])('%s', (text, sign) => {
    const read = assess(input(text, { hoursSinceTreatment: 60 }));
    expect(read.concepts).toContain(sign);
    expect(['urgent', 'emergency']).toContain(read.level);
  });

  it.each([
    ['what if I get a fever, do I call', 'fever'],
    ['no fever, pus or chills', 'pus'],
    ['sin fiebre, pus ni ampollas', 'pus'],
    ['zero: blisters, pus, fever', 'pus'],
    ['negative for fever, dry skin', 'fever'],
    ["Long day with mum, her leg infection is oozing yellow. Me, I'm just a bit flaky", 'pus'],
    ['el año pasado con otra señora me salió pus', 'pus'],
    ['how would you even tell if pus is pus', 'pus'],
  ])('but not in: %s', (text, sign) => {
    expect(assess(input(text, { hoursSinceTreatment: 60 })).concepts).not.toContain(sign);
  });
});

describe('a handful of pills', () => {
  it('is an emergency by their number, the dose of a headache is not', () => {
    expect(assess(input('ate 30 panadol. dont call my mum')).level).toBe('emergency');
    expect(assess(input('took 2 panadol for the headache, better now')).level).not.toBe('emergency');
    expect(assess(input('took 14 tablets over 7 days as told, skin fine')).concepts).not.toContain(
      'self_harm',
    );
  });
});

describe('somebody on the road', () => {
  it('is no machine when they tell of danger (product-rules 6)', () => {
    const read = assess(input('im driving back and the left side went black like a curtain, all blurry'));
    expect([read.level, read.autoResponder]).toEqual(['emergency', false]);
  });

  it('is one when it answers by itself, also with the word emergency', () => {
    const read = assess(input("I'm driving with Do Not Disturb on. If it's an emergency text URGENT."));
    expect([read.level, read.autoResponder]).toEqual(['admin', true]);
  });
});

describe('a sign of an earlier year', () => {
  it('is past, but not when it is back', () => {
    expect(assess(input('I fainted at a blood test in 2009. Today just pink')).level).not.toBe('emergency');
    expect(assess(input('I fainted in 2009 and again today')).level).toBe('emergency');
  });
});

describe('an opt-out is found and never invented', () => {
  it.each(['STOP', 'stoooop', 'STPO', 'ya no me manden mensajes', 'take me off your list', 'BAJA'])(
    '%s',
    (text) => {
      const { optOut, level } = assess(input(text));
      expect([optOut, level]).toEqual([true, 'opt_out']);
    },
  );

  it.each([
    "I can't stop the bleeding",
    'should I stop the retinol?',
    'cancel my Wednesday appointment',
    'no puedo parar el sangrado',
    'it finally stopped bleeding thx',
  ])('not in: %s', (text) => {
    expect(assess(input(text)).optOut).toBe(false);
  });

  it.each([
    'Great job guys! 10/10. STOP',
    'END. also is the loyalty stamp valid here',
    'sí voy el jueves. BAJA',
    'Stop but keep my Thursday please',
    'ALTO, pero no cancelen mi cita',
  ])('as a sentence of its own: %s', (text) => {
    expect(assess(input(text)).optOut).toBe(true);
  });

  it.each(['please call me', 'stop, but wait is it normal to bleed?', 'cancel Friday, keep the texts'])(
    'not in: %s',
    (text) => {
      expect(assess(input(text)).optOut).toBe(false);
    },
  );

  it('keeps the symptom of an angry opt-out', () => {
    const read = assess(
      input('ya no me manden mensajes, tengo pus y nadie me ayuda', { hoursSinceTreatment: 96 }),
    );
    expect([read.level, read.optOut]).toEqual(['urgent', true]);
  });
});

describe('what is denied, joked or asked is not there', () => {
  it.each(['no fever, pus or chills, just pink', 'ni fiebre ni pus, solo rojita', 'red as a tomato haha'])(
    '%s',
    (text) => {
      expect(assess(input(text)).level).toBe('self_care');
    },
  );

  it('names what was denied', () => {
    expect(assess(input('no tengo fiebre ni pus, solo rojita')).negated).toEqual(
      expect.arrayContaining(['fever', 'pus']),
    );
  });
});

describe('answers belong to a question', () => {
  it('reads a bare 3 after 48 hours as urgent only when something was asked', () => {
    const late = { hoursSinceTreatment: 72 };
    expect(assess(input('3', { ...late, pending: { questionId: 'day3' } }))).toMatchObject({
      level: 'urgent',
      digit: 3,
    });
    expect(assess(input('3', late)).level).toBe('unclear');
    expect(assess(input('worse', late)).level).toBe('unclear');
    expect(assess(input('7', { ...late, pending: { questionId: 'day3' } })).level).toBe('unclear');
  });
});

describe('evidence', () => {
  it('points at words of the original text, emoji and accents included', () => {
    const text = '😭 jajá… no puedo RESPIRAR 😭';
    const { evidence } = assess(input(text));
    expect(evidence.length).toBeGreaterThan(0);
    for (const { words, start, end } of evidence) expect(text.slice(start, end)).toBe(words);
    expect(evidence.some(({ words }) => words.includes('RESPIRAR'))).toBe(true);
  });
});

describe('any text at all', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 1600 }),
    fc.string({ unit: 'grapheme', maxLength: 800 }),
    fc
      .array(
        fc.constantFrom(
          'no',
          'pus',
          'stop',
          'fever',
          '38',
          '?',
          '\n',
          '\u0000',
          '\u202E',
          '🔥',
          'ojo',
          'cant',
        ),
        { maxLength: 400 },
      )
      .map((parts) => parts.join(' ')),
    fc.constantFrom('a', '1', ' ', '.', '🛑', 'ñ', "'").map((unit) => unit.repeat(1600)),
  );

  it('is read without a throw, the same every time, with spans inside the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const first = assess(input(text));
        expect(assess(input(text))).toEqual(first);
        for (const { start, end, words } of first.evidence) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end)).toBe(words);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is read quickly, the longest SMS of repeated danger words too', () => {
    const worst =
      'my chin oozes yellow pus and no puedo respirar, no fever but hotter and redder than ayer? '.repeat(18);
    const times = Array.from({ length: 7 }, () => {
      const before = process.cpuUsage();
      assess(input(worst.slice(0, 1600)));
      const spent = process.cpuUsage(before);
      return (spent.user + spent.system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(20);
  });

  it('tolerates missing hours, device and depth', () => {
    expect(
      assess({ text: 'my cheek is oozing pus', hoursSinceTreatment: null, device: null, needleDepthMm: null })
        .level,
    ).toBe('urgent');
    expect(assess({ text: '', hoursSinceTreatment: null, device: null, needleDepthMm: [0.5, 2] }).level).toBe(
      'unclear',
    );
  });

  it('never takes a wish not to live for a wish to get no texts', () => {
    for (const text of [
      "I don't want to live anymore",
      'i dont wanna live like this',
      'ya no quiero vivir',
    ]) {
      const read = assess(input(text));
      expect([text, read.level, read.optOut]).toEqual([text, 'emergency', false]);
    }
  });
});
