import { accountId } from '../http/signature-scope.ts';
import {
  check,
  checkSchedule,
  clientTokenSchema,
  firesNextMs,
  groupSchema,
  listSchema,
  nameSchema,
  tagRequestSchema,
} from './schedule-request.ts';
import type { GroupRow, ScheduleRow, ScheduleRows } from './schedule-rows.ts';
import { invalid, noSuchGroup, noSuchSchedule, SchedulerError } from './scheduler-error.ts';

/** One call: where it is signed for, when it comes, its query and its body. */
export type SchedulerCall = {
  readonly rows: ScheduleRows;
  readonly region: string;
  readonly nowMs: number;
  readonly query: URLSearchParams;
  readonly body: unknown;
};

export function createSchedule(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  const { body, expression } = checkSchedule(call.body, call.nowMs);
  const group = body.GroupName;
  if (call.rows.group(call.region, group) === undefined) throw noSuchGroup(group);
  const existing = call.rows.schedule({ region: call.region, group, name });
  if (existing !== undefined) {
    const sameCall = body.ClientToken !== undefined && existing.body.ClientToken === body.ClientToken;
    if (sameCall) return { ScheduleArn: scheduleArn(existing) };
    throw new SchedulerError('ConflictException', `Schedule ${name} already exists.`);
  }
  const nextMs = body.State === 'ENABLED' ? firesNextMs(body, expression, call.nowMs, call.nowMs) : undefined;
  const row: ScheduleRow = {
    region: call.region,
    group,
    name,
    body,
    createdMs: call.nowMs,
    modifiedMs: call.nowMs,
    nextMs,
  };
  call.rows.saveSchedule(row);
  return { ScheduleArn: scheduleArn(row) };
}

/** A full replace: an omitted member goes back to its default. */
export function updateSchedule(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  const { body, expression } = checkSchedule(call.body, call.nowMs);
  const existing = call.rows.schedule({ region: call.region, group: body.GroupName, name });
  if (existing === undefined) throw noSuchSchedule(name);
  const nextMs =
    body.State === 'ENABLED' ? firesNextMs(body, expression, call.nowMs, existing.createdMs) : undefined;
  // Even within one millisecond of the clock the two dates differ after an update.
  const modifiedMs = Math.max(call.nowMs, existing.modifiedMs + 1);
  const row: ScheduleRow = { ...existing, body, modifiedMs, nextMs };
  call.rows.saveSchedule(row);
  return { ScheduleArn: scheduleArn(row) };
}

export function getSchedule(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  const group = check(nameSchema, call.query.get('groupName') ?? 'default', ['groupName']);
  const row = call.rows.schedule({ region: call.region, group, name });
  if (row === undefined) throw noSuchSchedule(name);
  const { ClientToken: _, ...body } = row.body;
  return { ...body, Name: row.name, Arn: scheduleArn(row), ...dates(row) };
}

export function deleteSchedule(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  const group = check(nameSchema, call.query.get('groupName') ?? 'default', ['groupName']);
  checkClientToken(call);
  if (!call.rows.removeSchedule({ region: call.region, group, name })) throw noSuchSchedule(name);
  return {};
}

export function listSchedules(call: SchedulerCall): object {
  const filter = listFilter(call.query);
  const matching = call.rows
    .schedules(call.region)
    .filter((row) => filter.ScheduleGroup === undefined || row.group === filter.ScheduleGroup)
    .filter((row) => filter.State === undefined || row.body.State === filter.State)
    .filter((row) => row.name.startsWith(filter.NamePrefix ?? ''));
  const page = pageOf(matching, (row) => `${row.group}/${row.name}`, filter);
  const Schedules = page.items.map((row) => ({
    Arn: scheduleArn(row),
    GroupName: row.group,
    Name: row.name,
    State: row.body.State,
    Target: { Arn: row.body.Target.Arn },
    ...dates(row),
  }));
  return { Schedules, ...page.next };
}

export function createGroup(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  const body = check(groupSchema, call.body);
  if (call.rows.group(call.region, name) !== undefined) {
    throw new SchedulerError('ConflictException', `Schedule group ${name} already exists.`);
  }
  const row: GroupRow = { name, createdMs: call.nowMs, modifiedMs: call.nowMs, tags: body.Tags };
  call.rows.saveGroup(call.region, row);
  return { ScheduleGroupArn: groupArn(call.region, name) };
}

export function getGroup(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  const row = call.rows.group(call.region, name);
  if (row === undefined) throw noSuchGroup(name);
  return groupAnswer(call.region, row);
}

export function deleteGroup(rawName: string, call: SchedulerCall): object {
  const name = check(nameSchema, rawName, ['name']);
  checkClientToken(call);
  if (name === 'default') throw invalid('The default schedule group cannot be deleted.');
  if (call.rows.group(call.region, name) === undefined) throw noSuchGroup(name);
  call.rows.removeGroup(call.region, name);
  return {};
}

export function listGroups(call: SchedulerCall): object {
  const filter = listFilter(call.query);
  const builtIn = call.rows.group(call.region, 'default');
  const all = [...(builtIn === undefined ? [] : [builtIn]), ...call.rows.groups(call.region)]
    .filter((row) => row.name.startsWith(filter.NamePrefix ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = pageOf(all, (row) => row.name, filter);
  return { ScheduleGroups: page.items.map((row) => groupAnswer(call.region, row)), ...page.next };
}

export function tagGroup(arn: string, call: SchedulerCall): object {
  const { Tags } = check(tagRequestSchema, call.body);
  const row = taggedGroup(arn, call);
  const kept = row.tags.filter((tag) => Tags.every((added) => added.Key !== tag.Key));
  call.rows.saveGroup(call.region, { ...row, tags: [...kept, ...Tags] });
  return {};
}

export function untagGroup(arn: string, call: SchedulerCall): object {
  const keys = call.query.getAll('TagKeys');
  if (keys.length === 0)
    throw invalid(
      "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must not be null",
    );
  const row = taggedGroup(arn, call);
  call.rows.saveGroup(call.region, { ...row, tags: row.tags.filter((tag) => !keys.includes(tag.Key)) });
  return {};
}

export function listTags(arn: string, call: SchedulerCall): object {
  return { Tags: taggedGroup(arn, call).tags };
}

/** Only groups carry tags. */
function taggedGroup(arn: string, call: SchedulerCall): GroupRow {
  const name = /^arn:aws:scheduler:[a-z0-9-]+:\d{12}:schedule-group\/([0-9a-zA-Z-_.]{1,64})$/.exec(arn)?.[1];
  if (name === undefined) throw invalid('The resource ARN must be the ARN of a schedule group.');
  const row = call.rows.group(call.region, name);
  if (row === undefined) throw noSuchGroup(name);
  return row;
}

export function scheduleArn(row: Pick<ScheduleRow, 'region' | 'group' | 'name'>): string {
  return `arn:aws:scheduler:${row.region}:${accountId}:schedule/${row.group}/${row.name}`;
}

function groupArn(region: string, name: string): string {
  return `arn:aws:scheduler:${region}:${accountId}:schedule-group/${name}`;
}

function groupAnswer(region: string, row: GroupRow): object {
  return { Arn: groupArn(region, row.name), Name: row.name, State: 'ACTIVE', ...dates(row) };
}

/** Epoch seconds with their fraction. */
function dates(row: { createdMs: number; modifiedMs: number }): {
  CreationDate: number;
  LastModificationDate: number;
} {
  return { CreationDate: row.createdMs / 1000, LastModificationDate: row.modifiedMs / 1000 };
}

function checkClientToken(call: SchedulerCall): void {
  const token = call.query.get('clientToken');
  if (token !== null) check(clientTokenSchema, token, ['clientToken']);
}

type ListFilter = ReturnType<typeof listFilter>;

function listFilter(query: URLSearchParams) {
  const { MaxResults, ...rest } = Object.fromEntries(query);
  return check(listSchema, MaxResults === undefined ? rest : { ...rest, MaxResults: Number(MaxResults) });
}

/** A token names the last item given, so that a page is right whatever was added or deleted in between. */
function pageOf<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  filter: ListFilter,
): { items: readonly T[]; next: { NextToken?: string } } {
  let rest = items;
  if (filter.NextToken !== undefined) {
    const after = Buffer.from(filter.NextToken, 'base64url').toString();
    if (!after.startsWith('after:')) throw invalid('Invalid NextToken.');
    rest = items.filter((item) => keyOf(item) > after.slice('after:'.length));
  }
  const page = rest.slice(0, filter.MaxResults);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { items: page, next: {} };
  return { items: page, next: { NextToken: Buffer.from(`after:${keyOf(last)}`).toString('base64url') } };
}
