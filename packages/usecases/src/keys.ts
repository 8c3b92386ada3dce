import { createHash } from 'node:crypto';
import type { Key } from './ports.ts';

const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 base32 characters of SHA-256(clinicId, sessionId): fits a schedule name, says nothing in a log. */
export function sessionKeyOf(clinicId: string, sessionId: string): string {
  const digest = createHash('sha256').update(`${clinicId}\n${sessionId}`).digest();
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of digest) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && text.length < 26) {
      bits -= 5;
      text += base32Alphabet.charAt((held >> bits) & 31);
    }
  }
  return text;
}

export const sessionPartition = (sessionKey: string): string => `S#${sessionKey}`;
export const phonePartition = (clinicId: string, phoneKey: string): string => `P#${clinicId}#${phoneKey}`;
export const clinicPartition = (clinicId: string): string => `C#${clinicId}`;
export const alertPartition = (clinicId: string): string => `AL#${clinicId}`;

export const sessionRowKey = (sessionKey: string): Key => ({
  pk: sessionPartition(sessionKey),
  sk: 'SESSION',
});

/** Revision and day are zero-padded, so that rows sort as they happened. Day 0 is the confirmation. */
export const reminderRowKey = (sessionKey: string, revision: number, day: number): Key => ({
  pk: sessionPartition(sessionKey),
  sk: `R#${String(revision).padStart(4, '0')}#${String(day).padStart(3, '0')}`,
});

export const messageRowKey = (pk: string, messageId: string): Key => ({ pk, sk: `M#${messageId}` });
export const eventRowKey = (pk: string, eventId: string): Key => ({ pk, sk: `E#${eventId}` });
export const phoneRowKey = (clinicId: string, phoneKey: string): Key => ({
  pk: phonePartition(clinicId, phoneKey),
  sk: 'PHONE',
});
export const patientRowKey = (clinicId: string, phoneKey: string, patientId: string): Key => ({
  pk: phonePartition(clinicId, phoneKey),
  sk: `PATIENT#${patientId}`,
});
export const inboundRowKey = (clinicId: string, phoneKey: string, messageSid: string): Key => ({
  pk: phonePartition(clinicId, phoneKey),
  sk: `IN#${messageSid}`,
});
export const clinicRowKey = (clinicId: string): Key => ({ pk: clinicPartition(clinicId), sk: 'CONFIG' });
/** A protocol that a clinic brought: one row a version, never changed. */
export const protocolRowKey = (clinicId: string, id: string, version: number): Key => ({
  pk: clinicPartition(clinicId),
  sk: `PROTOCOL#${id}#${String(version).padStart(4, '0')}`,
});
export const clinicSecretsRowKey = (clinicId: string): Key => ({
  pk: clinicPartition(clinicId),
  sk: 'SECRETS',
});
/** Changes often and must hold at once, so it is not part of the cached configuration. */
export const clinicSwitchRowKey = (clinicId: string): Key => ({
  pk: clinicPartition(clinicId),
  sk: 'SWITCH',
});
export const systemSwitchRowKey: Key = { pk: 'SYSTEM', sk: 'SWITCH' };
export const numberRowKey = (e164: string): Key => ({ pk: `NUMBER#${e164}`, sk: 'NUMBER' });
export const alertRowKey = (clinicId: string, alertId: string): Key => ({
  pk: alertPartition(clinicId),
  sk: `ALERT#${alertId}`,
});
export const alertCodeRowKey = (clinicId: string, code: string): Key => ({
  pk: alertPartition(clinicId),
  sk: `CODE#${code}`,
});
export const alertCounterRowKey = (clinicId: string): Key => ({
  pk: alertPartition(clinicId),
  sk: 'COUNTER',
});
export const taskRowKey = (clinicId: string, taskId: string): Key => ({
  pk: alertPartition(clinicId),
  sk: `TASK#${taskId}`,
});

/** Design 5.1. At most 64 characters of `[0-9a-zA-Z-_.]`. The attempt shows only on the one later retry. */
export function reminderScheduleName(sessionKey: string, revision: number, day: number, attempt = 1): string {
  const base = `${sessionKey}.r${revision}.d${day}`;
  return attempt === 1 ? base : `${base}.a${attempt}`;
}

/**
 * The reference in a status callback's URL: the partition in opaque form, a dot, the message id.
 * Holds no phone number: a phone partition is named by its HMAC key.
 */
export function statusRef(pk: string, messageId: string): string {
  return `${pk.replaceAll('#', '~')}.${messageId}`;
}

/** The row a callback's `ref` names, or undefined when it was not made by `statusRef`. */
export function parseStatusRef(ref: string): { readonly pk: string; readonly messageId: string } | undefined {
  const dot = ref.lastIndexOf('.');
  if (dot < 1) return undefined;
  const pk = ref.slice(0, dot).replaceAll('~', '#');
  const messageId = ref.slice(dot + 1);
  if (!/^(S|P|AL)#/.test(pk) || !/^[0-9A-Za-z]{26}$/.test(messageId)) return undefined;
  return { pk, messageId };
}

/** The sparse index is spread over this many partitions. */
export const workShards = ['W#0', 'W#1', 'W#2', 'W#3'] as const;

/** A row's shard, by its partition, so that one busy clinic does not make one hot shard. */
export function workShardOf(pk: string): string {
  let sum = 0;
  for (let i = 0; i < pk.length; i += 1) sum = (sum * 31 + pk.charCodeAt(i)) % 65_521;
  return `W#${sum % workShards.length}`;
}

/** Where a patient's numbers are found by their id: a new phone must not start a second set of texts. */
export const patientIndexRowKey = (clinicId: string, patientId: string): Key => ({
  pk: clinicPartition(clinicId),
  sk: `PATIENT#${patientId}`,
});

/** What we know of a clinic's own webhook endpoint: switched off by its 410, or failing. */
export const webhookStateRowKey = (clinicId: string): Key => ({
  pk: clinicPartition(clinicId),
  sk: 'WEBHOOK',
});

/** Every clinic, for the daily work that goes over all of them. */
export const systemPartition = 'SYSTEM';
export const clinicRegistryRowKey = (clinicId: string): Key => ({
  pk: systemPartition,
  sk: `CLINIC#${clinicId}`,
});

export const followUpRowKey = (
  clinicId: string,
  phoneKey: string,
  kind: string,
  messageSid: string,
): Key => ({
  pk: phonePartition(clinicId, phoneKey),
  sk: `F#${kind}#${messageSid}`,
});
export const staffPhoneRowKey = (clinicId: string, staffId: string): Key => ({
  pk: clinicPartition(clinicId),
  sk: `STAFF#${staffId}`,
});

/** What happened at a clinic on one UTC date, for the daily digest and the cohort view. */
export const dayEntryKey = (clinicId: string, utcDate: string, eventId: string): Key => ({
  pk: dayPartition(clinicId, utcDate),
  sk: eventId,
});
export const dayPartition = (clinicId: string, utcDate: string): string => `D#${clinicId}#${utcDate}`;
