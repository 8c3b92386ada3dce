import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProtocol } from '@aftercare/protocol/schema';
import { localDateOf } from '@aftercare/time/zone';
import { admitClinic, updateClinic } from '@aftercare/usecases/clinic-admin/admit-clinic';
import { bringProtocol } from '@aftercare/usecases/clinic-admin/bring-protocol';
import type { ConfigChange } from '@aftercare/usecases/clinic-admin/clinic-row';
import { exportClinic } from '@aftercare/usecases/clinic-admin/export-clinic';
import { type RemoveOutcome, removeClinic } from '@aftercare/usecases/clinic-admin/remove-clinic';
import { type ClinicView, listClinics, showClinic } from '@aftercare/usecases/clinic-admin/show-clinic';
import { monthlyUsage, parseMonth } from '@aftercare/usecases/monthly-usage';
import * as z from 'zod';
import type { CommandLine } from '../command-line.ts';
import type { Command, Commands } from './command.ts';
import { type ExitCode, errorLines, readJsonFile, type Terminal, tableLines } from './terminal.ts';

export const byOption = { kind: 'text', help: 'who does it, for the history', value: 'name' } as const;
const jsonOption = { kind: 'switch', help: 'one JSON object instead of text' } as const;

const add: Command = {
  usage: 'add <file.json>',
  help: 'Add a clinic from its configuration; prints its webhook secret once.',
  words: [1, 1],
  options: {},
  async run(system, line, terminal) {
    const file = readJsonFile(line.words[0] ?? '');
    if (!file.ok) return fail(terminal, file.message);
    const outcome = await admitClinic(system, file.value);
    if (outcome.kind === 'exists')
      return fail(terminal, 'There is a clinic with this clinicId already: use update.');
    if (outcome.kind === 'invalid') return wrongFields(terminal, outcome.errors);
    const { clinicId } = outcome.config;
    terminal.out(
      `Clinic ${clinicId} was added.\n\nWebhook secret (shown this once, put it into the clinic's software):`,
    );
    terminal.out(`  ${outcome.webhookSecret}\n\nWhat is still missing: npx pnpm@12 clinic show ${clinicId}`);
    return 0;
  },
};

const update: Command = {
  usage: 'update <clinicId> <file.json>',
  help: 'Replace the configuration by a whole file; signatures stay.',
  words: [2, 2],
  options: { by: byOption },
  async run(system, line, terminal) {
    return withFile(line, terminal, async ({ clinicId, value, by }) =>
      changed(terminal, await updateClinic(system, clinicId, value, by)),
    );
  },
};

const protocol: Command = {
  usage: 'protocol <clinicId> <own.json>',
  help: 'Lint and store a protocol of the clinic’s own; new sessions use it once it is signed.',
  words: [2, 2],
  options: { by: byOption },
  async run(system, line, terminal) {
    return withFile(line, terminal, async ({ clinicId, path, value, by }) => {
      const { lintOwnProtocol } = await import('@aftercare/protocol/lint/lint-protocol');
      const read = readProtocol(value);
      const problems = read.ok
        ? lintOwnProtocol(z.record(z.string(), z.unknown()).parse(value))
        : read.problems;
      if (!read.ok || problems.length > 0) {
        for (const { file: name, key, message } of problems) terminal.err(`${name}  ${key}: ${message}`);
        return fail(terminal, `Nothing was stored: ${path} has ${problems.length} problem(s).`);
      }
      return changed(terminal, await bringProtocol(system, clinicId, read.release, by));
    });
  },
};

type Given = {
  readonly clinicId: string;
  readonly path: string;
  readonly value: unknown;
  readonly by: string;
};

/** Reads the file that stands after the clinic's id; a file that cannot be read ends the command. */
async function withFile(
  line: CommandLine,
  terminal: Terminal,
  use: (given: Given) => Promise<ExitCode>,
): Promise<ExitCode> {
  const [clinicId = '', path = ''] = line.words;
  const file = readJsonFile(path);
  if (!file.ok) return fail(terminal, file.message);
  return use({ clinicId, path, value: file.value, by: line.text('by') ?? terminal.user });
}

const show: Command = {
  usage: 'show <clinicId>',
  help: 'The configuration, what is switched off, and what is missing before the first text.',
  words: [1, 1],
  options: { json: jsonOption },
  async run(system, line, terminal) {
    const clinicId = line.words[0] ?? '';
    const view = await showClinic(system, clinicId);
    if (view === undefined) return noClinic(terminal, clinicId);
    if (line.flag('json')) {
      terminal.out(JSON.stringify(view, null, 2));
      return 0;
    }
    const { config } = view;
    const places = config.locations.map((place) => [
      place.locationId,
      place.phone,
      place.ladder.join(' > '),
      place.coverage,
    ]);
    terminal.out(`${config.name} (${config.clinicId}), texts begin "${config.displayName}:"`);
    terminal.out(`  patients ${config.patientNumber} · staff ${config.alertNumber} · ${config.timeZone}`);
    terminal.out(
      `  reminders at ${config.reminderTime}, between ${config.window.opens} and ${config.window.closes} · ` +
        `protocol ${config.protocol.id} v${config.protocol.version}, ${config.style}`,
    );
    terminal.out(
      `  sending ${view.paused || view.allPaused ? 'PAUSED' : 'on'} · webhook ${webhookWord(view)}`,
    );
    terminal.out(`  secrets made ${view.secretsCreatedAt.join(' and ') || 'never'}\n`);
    terminal.out(tableLines(['location', 'phone', 'ladder', 'coverage'], places));
    terminal.out(view.missing.length === 0 ? '\nNothing is missing.' : '\nMissing:');
    for (const lack of view.missing) terminal.out(`  - ${lack}`);
    return 0;
  },
};

function webhookWord(view: ClinicView): string {
  if (view.config.webhook === undefined) return 'none';
  if (view.webhook.disabledAt !== undefined) return `OFF since ${view.webhook.disabledAt} (it answered 410)`;
  return view.webhook.failingSinceAt === undefined ? 'on' : `FAILING since ${view.webhook.failingSinceAt}`;
}

const list: Command = {
  usage: 'list',
  help: 'All clinics: whether they send, and how much is missing before their first text.',
  words: [0, 0],
  options: { json: jsonOption },
  async run(system, line, terminal) {
    const clinicIds = await listClinics(system);
    const views = await Promise.all(clinicIds.map((clinicId) => showClinic(system, clinicId)));
    const rows = views.filter((view) => view !== undefined).map(listed);
    if (line.flag('json')) {
      terminal.out(JSON.stringify(rows, null, 2));
    } else if (rows.length === 0) {
      terminal.out('There is no clinic yet.');
    } else {
      const cells = rows.map((row) => [row.clinicId, row.name, row.sending, String(row.missing)]);
      terminal.out(tableLines(['clinic', 'name', 'sending', 'missing'], cells));
    }
    return 0;
  },
};

function listed(view: ClinicView) {
  const sending = view.allPaused ? 'PAUSED (all)' : view.paused ? 'PAUSED' : 'on';
  return { clinicId: view.config.clinicId, name: view.config.name, sending, missing: view.missing.length };
}

const usage: Command = {
  usage: 'usage <clinicId>',
  help: 'Texts, segments and estimated cost of a month, by location.',
  words: [1, 1],
  options: { month: { kind: 'text', help: 'default: this month', value: 'YYYY-MM' }, json: jsonOption },
  async run(system, line, terminal) {
    const clinicId = line.words[0] ?? '';
    const view = await showClinic(system, clinicId);
    if (view === undefined) return noClinic(terminal, clinicId);
    const today = localDateOf(system.clock.now(), view.config.timeZone);
    const month = parseMonth(line.text('month') ?? today.slice(0, 7));
    if (month === undefined) return fail(terminal, '--month must be a month such as 2026-12.');
    const used = await monthlyUsage(system, view.config, month);
    if (line.flag('json')) {
      terminal.out(JSON.stringify(used, null, 2));
      return 0;
    }
    const lines = used.locations.flatMap(({ locationId, ...kinds }) =>
      Object.entries(kinds).map(([kind, count]) => [
        locationId,
        kind,
        String(count.texts),
        String(count.segments),
        `$${count.estimatedCostUsd.toFixed(2)}`,
      ]),
    );
    terminal.out(tableLines(['location', month, 'texts', 'segments', 'estimated'], lines));
    if (used.cap !== undefined) {
      terminal.out(`\nCap: ${used.cap.used} of ${used.cap.segments} segments; it stops reminders only.`);
    }
    return 0;
  },
};

const exportAll: Command = {
  usage: 'export <clinicId> <folder>',
  help: 'Everything of a clinic as JSON and CSV with checksums, into a new folder.',
  words: [2, 2],
  options: { by: byOption },
  async run(system, line, terminal) {
    const [clinicId = '', folder = ''] = line.words;
    const outcome = await exportClinic(system, clinicId, line.text('by') ?? terminal.user);
    if (outcome.kind === 'no_clinic') return noClinic(terminal, clinicId);
    // Patient data: readable by its owner only.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { name, content } of outcome.files)
      writeFileSync(join(folder, name), content, { mode: 0o600 });
    terminal.out(
      `${outcome.rows} rows in ${outcome.files.length} files in ${folder}; check them by SHA256SUMS.`,
    );
    terminal.out('They hold patient data: hand them over encrypted, then delete them.');
    return 0;
  },
};

const remove: Command = {
  usage: 'remove <clinicId>',
  help: 'Remove a clinic after its export. Its numbers answer "not monitored" for 90 days.',
  words: [1, 1],
  options: { yes: { kind: 'switch', help: 'really; without it only counts what would go' } },
  async run(system, line, terminal) {
    const clinicId = line.words[0] ?? '';
    const outcome = await removeClinic(system, clinicId, { dryRun: !line.flag('yes') });
    if (outcome.kind === 'would_remove') {
      terminal.out(`Would delete ${outcome.rows} rows of ${clinicId}, for good. Add --yes to do it.`);
      return 0;
    }
    if (outcome.kind !== 'removed') return fail(terminal, removeRefusal(clinicId, outcome));
    terminal.out(`Clinic ${clinicId} was removed, ${outcome.rows} rows. Its numbers answer for 90 days.`);
    return 0;
  },
};

function removeRefusal(
  clinicId: string,
  outcome: Exclude<RemoveOutcome, { kind: 'removed' | 'would_remove' }>,
): string {
  switch (outcome.kind) {
    case 'no_clinic':
      return `There is no clinic ${clinicId}.`;
    case 'not_exported':
      return `Export it first: npx pnpm@12 clinic export ${clinicId} <folder> (not older than 24 hours).`;
    case 'active_sessions':
      return `It has active sessions; cancel them or wait for day 14: ${outcome.sessionIds.join(', ')}.`;
    case 'open_alerts':
      return `It has open alerts; close them first: ${outcome.codes.join(', ')}.`;
  }
}

export const lifeCommands: Commands = {
  add,
  update,
  protocol,
  show,
  list,
  usage,
  export: exportAll,
  remove,
};

/** Says what a change of the configuration came to. */
export function changed(terminal: Terminal, outcome: ConfigChange): ExitCode {
  switch (outcome.kind) {
    case 'no_clinic':
      return fail(terminal, 'There is no such clinic; clinic list shows all.');
    case 'invalid':
      return wrongFields(terminal, outcome.errors);
    case 'changed':
      terminal.out(`Clinic ${outcome.config.clinicId} was changed; it takes effect within a minute.`);
      return 0;
  }
}

export function fail(terminal: Terminal, message: string): ExitCode {
  terminal.err(message);
  return 1;
}

export function wrongFields(terminal: Terminal, errors: Parameters<typeof errorLines>[0]): ExitCode {
  terminal.err(`Nothing was changed. These fields are wrong:\n${errorLines(errors)}`);
  return 1;
}

export function noClinic(terminal: Terminal, clinicId: string): ExitCode {
  return fail(terminal, `There is no clinic ${clinicId}; clinic list shows all.`);
}
