import { localDateOf } from '@aftercare/time/zone';
import { approveContent, withdrawApproval } from '@aftercare/usecases/clinic-admin/approve-content';
import {
  putStaff,
  removeStaff,
  setCalendar,
  switchStaff,
} from '@aftercare/usecases/clinic-admin/change-people';
import { rotateSecret } from '@aftercare/usecases/clinic-admin/rotate-secret';
import { showClinic } from '@aftercare/usecases/clinic-admin/show-clinic';
import { switchSending } from '@aftercare/usecases/clinic-admin/switch-sending';
import { requestConfirmation } from '@aftercare/usecases/staff-sms/staff-phone';
import { z } from 'zod';
import { byOption, changed, fail, noClinic } from './clinic-life.ts';
import type { Command, Commands } from './command.ts';
import type { AdminSystem } from './connect.ts';
import { type ExitCode, readJsonFile, type Terminal, tableLines } from './terminal.ts';

const rotate: Command = {
  usage: 'rotate-secret <clinicId>',
  help: 'Add a second active webhook secret; with --finish remove the older one.',
  words: [1, 1],
  options: { finish: { kind: 'switch', help: 'the clinic signs with the new one now' }, by: byOption },
  async run(system, line, terminal) {
    const clinicId = line.words[0] ?? '';
    const step = line.flag('finish') ? 'finish' : 'start';
    const outcome = await rotateSecret(system, clinicId, step, line.text('by') ?? terminal.user);
    switch (outcome.kind) {
      case 'no_clinic':
        return noClinic(terminal, clinicId);
      case 'rotation_open':
        return fail(
          terminal,
          `Two secrets are active since ${outcome.since}. Finish that rotation first: --finish.`,
        );
      case 'finished':
        terminal.out(`${outcome.removed} older secret removed; one is active.`);
        return 0;
      case 'added':
        terminal.out(
          `Both secrets are active now. The new one (shown this once):\n  ${outcome.webhookSecret}`,
        );
        terminal.out(`When the clinic signs with it: npx pnpm@12 clinic rotate-secret ${clinicId} --finish`);
        return 0;
    }
  },
};

const signedText = {
  subject: { kind: 'text', help: 'what was signed', value: 'protocol|triage' },
  id: { kind: 'text', help: 'of the protocol; default: the clinic’s', value: 'id' },
  version: { kind: 'text', help: 'its version; default: the clinic’s', value: 'number' },
  language: { kind: 'text', help: 'each language is signed by itself', value: 'en|es' },
} as const;

const approve: Command = {
  usage: 'approve <clinicId> --subject … --language … --name … --licence …',
  help: 'Record a clinician’s signature under a version in one language; or take it back.',
  words: [1, 1],
  options: {
    ...signedText,
    name: { kind: 'text', help: 'of the clinician', value: 'name' },
    licence: { kind: 'text', help: 'of the clinician', value: 'number' },
    on: { kind: 'text', help: 'date of the signature; default: today', value: 'YYYY-MM-DD' },
    withdraw: { kind: 'switch', help: 'take the signature back' },
    by: byOption,
  },
  async run(system, line, terminal) {
    const clinicId = line.words[0] ?? '';
    const view = await showClinic(system, clinicId);
    if (view === undefined) return noClinic(terminal, clinicId);
    const { protocol, timeZone } = view.config;
    const by = line.text('by') ?? terminal.user;
    const subject = line.text('subject');
    const which = {
      subject,
      id: line.text('id') ?? (subject === 'triage' ? 'triage' : protocol.id),
      version: Number(line.text('version') ?? (subject === 'triage' ? '1' : protocol.version)),
      language: line.text('language'),
    };
    if (line.flag('withdraw')) {
      const known = signedWords.safeParse(which);
      if (!known.success)
        return fail(terminal, '--withdraw needs --subject protocol|triage and --language en|es.');
      return changed(terminal, await withdrawApproval(system, clinicId, known.data, by));
    }
    const approvedOn = line.text('on') ?? localDateOf(system.clock.now(), timeZone);
    const signed = { ...which, name: line.text('name'), licence: line.text('licence'), approvedOn };
    return changed(terminal, await approveContent(system, clinicId, signed, by));
  },
};

const signedWords = z.object({
  subject: z.enum(['protocol', 'triage']),
  id: z.string(),
  version: z.int(),
  language: z.enum(['en', 'es']),
});

const scopeOptions = { all: { kind: 'switch', help: 'every clinic' }, by: byOption } as const;

function switchCommand(name: 'pause' | 'resume', help: string): Command {
  return {
    usage: `${name} <clinicId> | --all`,
    help,
    words: [0, 1],
    options: scopeOptions,
    async run(system, line, terminal) {
      const [clinicId] = line.words;
      if ((clinicId === undefined) !== line.flag('all')) {
        return fail(terminal, 'Name one clinic, or all of them by --all.');
      }
      const scope = clinicId === undefined ? 'all' : { clinicId };
      const by = line.text('by') ?? terminal.user;
      const { kind } = await switchSending(system, scope, name === 'pause', by);
      if (kind === 'no_clinic') return noClinic(terminal, clinicId ?? '');
      terminal.out(
        `Confirmations and reminders of ${clinicId ?? 'all clinics'} are ${kind}. Replies and alerts go on.`,
      );
      return 0;
    },
  };
}

const staff: Command = {
  usage: 'staff <clinicId> [list | set <file.json> | disable|enable|remove|confirm <staffId>]',
  help: 'People who are paged. confirm texts a code that must come back before anybody is paged there.',
  words: [1, 3],
  options: { by: byOption },
  async run(system, line, terminal) {
    const [clinicId = '', action = 'list', subject = ''] = line.words;
    const by = line.text('by') ?? terminal.user;
    if (action !== 'list' && subject === '') return fail(terminal, `staff ${action} needs one word more.`);
    switch (action) {
      case 'list':
        return listStaff(system, clinicId, terminal);
      case 'set': {
        const file = readJsonFile(subject);
        return file.ok
          ? changed(terminal, await putStaff(system, clinicId, file.value, by))
          : fail(terminal, file.message);
      }
      case 'disable':
      case 'enable':
        return changed(terminal, await switchStaff(system, clinicId, subject, action === 'disable', by));
      case 'remove':
        return changed(terminal, await removeStaff(system, clinicId, subject, by));
      case 'confirm':
        return confirm(system, clinicId, subject, terminal);
      default:
        return fail(terminal, `staff ${action} is none of list, set, disable, enable, remove, confirm.`);
    }
  },
};

async function listStaff(system: AdminSystem, clinicId: string, terminal: Terminal): Promise<ExitCode> {
  const view = await showClinic(system, clinicId);
  if (view === undefined) return noClinic(terminal, clinicId);
  const rows = view.config.staff.map((person) => [
    person.staffId,
    person.role,
    person.name,
    person.phone,
    view.phones[person.staffId] ?? '',
  ]);
  terminal.out(tableLines(['id', 'role', 'name', 'phone', 'pages'], rows));
  return 0;
}

async function confirm(
  system: AdminSystem,
  clinicId: string,
  staffId: string,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!system.canText) {
    return fail(
      terminal,
      'A code cannot be texted from here: set PUBLIC_BASE_URL to the address of the API.',
    );
  }
  const outcome = await requestConfirmation(system, clinicId, staffId);
  if (outcome === 'unknown_staff') return fail(terminal, `${clinicId} has nobody with the id ${staffId}.`);
  terminal.out(`A code was texted to ${staffId}; pages go there once it has come back (within 72 hours).`);
  return 0;
}

const calendarFile = z.strictObject({
  onCall: z.unknown().optional(),
  holidays: z.unknown().optional(),
  hours: z.unknown().optional(),
  ladder: z.unknown().optional(),
});

const calendar: Command = {
  usage: 'calendar <clinicId> [set <file.json>]',
  help: 'On-call calendar, opening hours, holidays and ladder; a change that leaves a gap is refused.',
  words: [1, 3],
  options: { location: { kind: 'text', help: 'default: the default location', value: 'id' }, by: byOption },
  async run(system, line, terminal) {
    const [clinicId = '', action, path = ''] = line.words;
    const view = await showClinic(system, clinicId);
    if (view === undefined) return noClinic(terminal, clinicId);
    const locationId = line.text('location') ?? view.config.defaultLocationId;
    if (action === undefined) {
      const place = view.config.locations.find((known) => known.locationId === locationId);
      if (place === undefined) return fail(terminal, `${clinicId} has no location ${locationId}.`);
      const { hours, holidays, ladder } = place;
      terminal.out(JSON.stringify({ onCall: view.config.onCall, hours, holidays, ladder }, null, 2));
      return 0;
    }
    if (action !== 'set' || path === '')
      return fail(terminal, 'calendar set needs a file; without set it is shown.');
    const file = readJsonFile(path);
    if (!file.ok) return fail(terminal, file.message);
    const read = calendarFile.safeParse(file.value);
    if (!read.success)
      return fail(terminal, `${path} may hold onCall, hours, holidays and ladder, nothing else.`);
    const by = line.text('by') ?? terminal.user;
    return changed(terminal, await setCalendar(system, clinicId, { locationId, ...read.data }, by));
  },
};

export const peopleCommands: Commands = {
  'rotate-secret': rotate,
  approve,
  pause: switchCommand(
    'pause',
    'Stop confirmations and reminders; nothing is lost, replies and alerts go on.',
  ),
  resume: switchCommand('resume', 'Let them go again, and give a webhook that answered 410 another chance.'),
  staff,
  calendar,
};
