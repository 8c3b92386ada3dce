import { writeFileSync } from 'node:fs';
import { type EraseOutcome, erasePatient } from '@aftercare/usecases/patient-rights/erase-patient';
import { exportPatient } from '@aftercare/usecases/patient-rights/export-patient';
import { holdPatient, releasePatient } from '@aftercare/usecases/patient-rights/legal-hold';
import { byOption, fail } from './clinic-life.ts';
import type { Command, Commands } from './command.ts';

const exportOne: Command = {
  usage: 'export <clinicId> <patientId> [--out <file.json>]',
  help: 'Everything held about a patient: consent, an evidence pack per session, every text and why it went.',
  words: [2, 2],
  options: { out: { kind: 'text', help: 'write it there instead of the screen', value: 'file.json' } },
  async run(system, line, terminal) {
    const [clinicId = '', patientId = ''] = line.words;
    const found = await exportPatient(system, clinicId, patientId);
    if (found === undefined) return fail(terminal, `${clinicId} holds nothing about this patient.`);
    const text = JSON.stringify(found, null, 2);
    const file = line.text('out');
    if (file === undefined) {
      terminal.out(text);
      return 0;
    }
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    terminal.out(
      `${found.sessions.length} sessions in ${file}. It holds patient data: hand it over encrypted.`,
    );
    return 0;
  },
};

const reason = { kind: 'text', help: 'why; names nobody', value: 'words' } as const;

const erase: Command = {
  usage: 'erase <clinicId> <patientId> --reason <words> --yes',
  help: 'Erase a patient; the opt-out and a record without a name stay.',
  words: [2, 2],
  options: { reason, yes: { kind: 'switch', help: 'really: this cannot be undone' }, by: byOption },
  async run(system, line, terminal) {
    const [clinicId = '', patientId = ''] = line.words;
    const why = line.text('reason');
    if (why === undefined)
      return fail(terminal, 'Say why by --reason; it is kept in the record of the erasure.');
    if (!line.flag('yes')) return fail(terminal, 'This cannot be undone: export first, then add --yes.');
    const by = line.text('by') ?? terminal.user;
    const outcome = await erasePatient(system, { clinicId, patientId, reason: why, by });
    if (outcome.kind !== 'erased') return fail(terminal, eraseRefusal(clinicId, outcome));
    terminal.out(
      `Erased, ${outcome.rows} rows.${outcome.optOutKept ? ' The opt-out stays, without the number.' : ''}`,
    );
    return 0;
  },
};

function eraseRefusal(clinicId: string, outcome: Exclude<EraseOutcome, { kind: 'erased' }>): string {
  switch (outcome.kind) {
    case 'no_patient':
      return `${clinicId} holds nothing about this patient.`;
    case 'held':
      return 'A legal hold is set. Lift it first: patient release.';
    case 'open_alert':
      return `An alert of this patient is not closed: ${outcome.codes.join(', ')}. Close it first.`;
    case 'text_on_its_way':
      return 'A text to this patient is on its way. Try again in a quarter of an hour.';
  }
}

const hold: Command = {
  usage: 'hold <clinicId> <patientId> --reason <words>',
  help: 'Set a legal hold: nothing of this patient can be erased.',
  words: [2, 2],
  options: { reason, by: byOption },
  async run(system, line, terminal) {
    const [clinicId = '', patientId = ''] = line.words;
    const why = line.text('reason');
    if (why === undefined) return fail(terminal, 'Say why by --reason.');
    const by = line.text('by') ?? terminal.user;
    const outcome = await holdPatient(system, { clinicId, patientId, reason: why, by });
    if (outcome === 'no_patient') return fail(terminal, `${clinicId} holds nothing about this patient.`);
    terminal.out('The hold is set.');
    return 0;
  },
};

const release: Command = {
  usage: 'release <clinicId> <patientId>',
  help: 'Lift a legal hold.',
  words: [2, 2],
  options: { by: byOption },
  async run(system, line, terminal) {
    const [clinicId = '', patientId = ''] = line.words;
    await releasePatient(system, { clinicId, patientId, by: line.text('by') ?? terminal.user });
    terminal.out('No hold is set any more.');
    return 0;
  },
};

export const patientCommands: Commands = { export: exportOne, erase, hold, release };
