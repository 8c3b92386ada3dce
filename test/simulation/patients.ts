import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { Landed } from './carrier.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { InboundLine } from './inbound-line.ts';
import type { Person } from './people.ts';

/** What patients text: digits, questions, symptoms at any hour, stop words, the same thing twice. */

const minuteMs = 60_000;
const dayMs = 86_400_000;

const texts = {
  digit: ['1', '2', '3', '3', '9'],
  calm: ['gracias', 'my skin is a bit red', 'thank you', 'asdf qwer', 'se me pela la piel'],
  question: ['can i wear makeup?', 'is the gym ok?', 'puedo ir al sol?'],
  urgent: ['there is pus on my cheek', 'it is getting worse, a big blister', 'tengo ampollas y pus'],
  emergency: ["I can't breathe", 'no puedo respirar'],
  stop: ['STOP', 'Stop', 'CANCEL'],
  stopWords: ['please stop texting me', 'baja', 'no more texts'],
  start: ['START', 'start', 'UNSTOP'],
  help: ['HELP', 'info'],
  wrong: ['wrong number', 'who is this? wrong number'],
} as const;
type TextKind = keyof typeof texts;

const onReminder: Readonly<Record<TextKind, number>> = {
  digit: 10,
  calm: 4,
  question: 3,
  urgent: 3,
  emergency: 2,
  stop: 1.5,
  stopWords: 1.5,
  start: 0,
  help: 1,
  wrong: 0.3,
};
const atAnyTime: Readonly<Record<TextKind, number>> = {
  digit: 1,
  calm: 3,
  question: 4,
  urgent: 5,
  emergency: 4,
  stop: 2,
  stopWords: 2,
  start: 3,
  help: 1,
  wrong: 0.5,
};

export function createPatients(parts: {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly line: InboundLine;
  readonly people: readonly Person[];
  readonly clinics: readonly ClinicConfig[];
  readonly untilMs: number;
}): {
  start(): void;
  onLanded(landed: Landed): void;
  textNow(person: Person): void;
  stopNow(person: Person): void;
} {
  const { engine, chance, line, people, clinics } = parts;

  function say(from: string, clinic: ClinicConfig, kind: TextKind): void {
    const body = chance.pick(texts[kind]);
    line.text(from, clinic.patientNumber, body);
    // People press send twice, and think of something more a moment later.
    if (chance.hits(0.08))
      engine.at(engine.nowMs() + chance.whole(1, 3000), () => line.text(from, clinic.patientNumber, body));
    if (chance.hits(0.08)) {
      const more = chance.pick(texts[chance.weighted(atAnyTime)]);
      engine.at(engine.nowMs() + chance.whole(1, 20_000), () => line.text(from, clinic.patientNumber, more));
    }
  }

  return {
    start() {
      for (const person of people) {
        for (let time = chance.pick([0, 0, 0, 0, 1]); time > 0; time -= 1) {
          const atMs = engine.nowMs() + chance.fraction() * 20 * dayMs;
          engine.at(atMs, () => say(person.phone, person.clinic, chance.weighted(atAnyTime)));
        }
      }
      if (!chance.hits(0.3)) return;
      const stranger = `+1786555${chance.whole(9000, 9999)}`;
      engine.at(engine.nowMs() + chance.fraction() * 20 * dayMs, () =>
        say(stranger, chance.pick(clinics), chance.weighted(atAnyTime)),
      );
    },
    onLanded({ text }) {
      const clinic = clinics.find((config) => config.patientNumber === text.from);
      if (clinic === undefined || engine.nowMs() > parts.untilMs || !chance.hits(0.1)) return;
      const laterMs = chance.pick([2000, 5 * minuteMs, 3 * 60 * minuteMs, 20 * 60 * minuteMs]);
      engine.at(engine.nowMs() + chance.fraction() * laterMs + 500, () =>
        say(text.to, clinic, chance.weighted(onReminder)),
      );
    },
    stopNow: (person) => line.text(person.phone, person.clinic.patientNumber, 'STOP'),
    textNow: (person) => say(person.phone, person.clinic, chance.weighted(atAnyTime)),
  };
}
