import { addHours, addSeconds, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import { localTimeOf } from '@aftercare/time/zone';
import {
  alertPartition,
  patientIndexRowKey,
  phonePartition,
  sessionPartition,
} from '@aftercare/usecases/keys';
import type { Item, Table } from '@aftercare/usecases/ports';
import { readAll } from '@aftercare/usecases/session-rows';
import { DeleteScheduleCommand } from '@aws-sdk/client-scheduler';
import type { EmulatedServices } from '../functions/emulated-services.ts';
import {
  inboundCommand,
  inboundEvent,
  intakeEvent,
  phoneKeyOfPatient,
  queueEvent,
  receiptEvent,
  sessionKeyOfPatient,
} from '../functions/events.ts';
import { commandsIn, dayOf, lastText } from '../functions/one-of-each.ts';
import {
  createClients,
  createRecordedFunctions,
  publicBaseUrl,
  type RecordedFunctions,
} from '../functions/recorded-functions.ts';
import type { RecordedCall } from '../functions/recorder.ts';
import type { BareCall } from './issue-calls.ts';

export const functionNames = [
  'intake',
  'send-reminder',
  'delivery-status',
  'inbound-message',
  'process-inbound',
] as const;
export type FunctionName = (typeof functionNames)[number];

const question = 'can i wear makeup to work tomorrow?';

const patientZones = ['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu', 'Pacific/Guam'];

/** Where it is daytime now, among patients if anywhere: inside every window, whenever the benchmark runs. */
export function zoneByDay(now: Instant): string {
  const byDay = patientZones.find((zone) => {
    const time = localTimeOf(now, zone);
    return time >= '10:00' && time < '18:00';
  });
  if (byDay !== undefined) return byDay;
  const ahead = 12 - Number(now.slice(11, 13));
  // The names of these zones count westwards.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

/** Events that a function in a process of its own can take now: the clock there is this machine's. */
export function createColdEvents(services: EmulatedServices, secretsEndpoint: string) {
  const now = instantFromEpochMs(Date.now());
  const timeZone = zoneByDay(now);
  const yesterday = createRecordedFunctions(services, { at: addHours(now, -24) });
  const today = createRecordedFunctions(services, { at: addSeconds(now, -60) });
  let patients = 0;

  async function accept(n: number): Promise<string> {
    yesterday.recorder.take();
    const answer = await yesterday.intake(intakeEvent(services, n, yesterday.clock.now(), timeZone));
    const commands = commandsIn(yesterday.recorder.take());
    const command = commands.find((text) => dayOf(text) === 1);
    if (command === undefined) throw new Error(`Not accepted: ${JSON.stringify(answer)}`);
    return command;
  }

  /** Brings a new patient so far that the function has work, and returns the event and the patient. */
  async function prepare(name: FunctionName): Promise<{ readonly n: number; readonly event: object }> {
    patients += 1;
    const n = patients;
    const at = instantFromEpochMs(Date.now());
    if (name === 'intake') return { n, event: intakeEvent(services, n, at, timeZone) };
    const command = await accept(n);
    switch (name) {
      case 'send-reminder':
        return { n, event: queueEvent(command) };
      case 'delivery-status':
        await today.sendReminder(queueEvent(command));
        return {
          n,
          event: receiptEvent(services, { ...(await lastText(today, services, n)), status: 'delivered' }, at),
        };
      case 'inbound-message':
        return { n, event: inboundEvent(services, n, question, at) };
      case 'process-inbound':
        await today.inboundMessage(inboundEvent(services, n, question, at));
        return { n, event: queueEvent(JSON.stringify(inboundCommand(services, n))) };
    }
  }

  /** What a cold function asks of AWS and Twilio for such an event; what it changed is put back. */
  async function callsOf(name: FunctionName): Promise<readonly BareCall[]> {
    const { n, event } = await prepare(name);
    const fresh = createRecordedFunctions(services, {
      at: instantFromEpochMs(Date.now()),
      secretsEndpoint,
    });
    const before = await rowsOf(services, today.table, n);
    await handlerOf(fresh, name)(event as never);
    const calls = fresh.recorder.take();
    await putBack(services, today.table, before, n);
    await removeSchedules(services, calls);
    fresh.close();
    return calls.map((call) => bareCall(services, call));
  }

  const close = (): void => {
    yesterday.close();
    today.close();
  };
  return { prepare, callsOf, close };
}

function keysOf(
  { info: { clinicId } }: Pick<EmulatedServices, 'info'>,
  phoneKey: string,
  session: string,
  n: number,
) {
  return {
    partitions: [sessionPartition(session), phonePartition(clinicId, phoneKey), alertPartition(clinicId)],
    index: patientIndexRowKey(clinicId, `p-${n}`),
  };
}

/** Everything stored of one patient, and of the clinic's alerts and tasks. */
async function rowsOf(services: EmulatedServices, table: Table, n: number): Promise<readonly Item[]> {
  const phoneKey = phoneKeyOfPatient(services, n);
  const { partitions, index } = keysOf(services, phoneKey, sessionKeyOfPatient(services, n), n);
  const found = await Promise.all(partitions.map((pk) => readAll({ table }, pk)));
  const known = await table.get(index);
  return [...found.flat(), ...(known === undefined ? [] : [known])];
}

async function putBack(
  services: EmulatedServices,
  table: Table,
  before: readonly Item[],
  n: number,
): Promise<void> {
  const keyOf = (item: Item) => ({ pk: String(item.pk), sk: String(item.sk) });
  for (const item of await rowsOf(services, table, n)) {
    await table.write({ write: 'delete', key: keyOf(item) });
  }
  for (const item of before) await table.write({ write: 'put', item: { ...item, ...keyOf(item) } });
}

export function handlerOf(functions: RecordedFunctions, name: FunctionName) {
  const handlers = {
    intake: functions.intake,
    'send-reminder': functions.sendReminder,
    'delivery-status': functions.deliveryStatus,
    'inbound-message': functions.inboundMessage,
    'process-inbound': functions.processInbound,
  };
  return handlers[name] as (event: never) => Promise<unknown>;
}

async function removeSchedules(services: EmulatedServices, calls: readonly RecordedCall[]): Promise<void> {
  const { scheduler } = createClients(services);
  for (const { operation, input } of calls) {
    if (operation !== 'CreateSchedule') continue;
    const { Name, GroupName } = Object(input);
    await scheduler.send(new DeleteScheduleCommand({ Name, GroupName }));
  }
  scheduler.destroy();
}

/** A text is posted as the adapter posts it. */
export function bareCall(services: EmulatedServices, call: RecordedCall): BareCall {
  if (call.service !== 'twilio') return call;
  const { to, from, body, ref, validityPeriodSeconds } = Object(call.input);
  const { twilioAccountSid, twilioAuthToken, endpoints } = services.info;
  const form = new URLSearchParams({
    To: to,
    From: from,
    Body: body,
    StatusCallback: `${publicBaseUrl}/twilio/status?ref=${encodeURIComponent(ref)}`,
    ValidityPeriod: String(validityPeriodSeconds),
  }).toString();
  const credentials = Buffer.from(`${twilioAccountSid}:${twilioAuthToken}`).toString('base64');
  const url = `${endpoints.twilio}/2010-04-01/Accounts/${twilioAccountSid}/Messages.json`;
  return { ...call, input: { url, authorization: `Basic ${credentials}`, form } };
}
