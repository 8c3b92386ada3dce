import type { AlertRow } from '@aftercare/usecases/desk-rows';
import type { InboundRow } from '@aftercare/usecases/person-rows';
import type { Accepted } from '../carrier.ts';
import type { Engine } from '../engine.ts';
import type { Faults } from '../faults.ts';
import type { History, RowChange } from '../history.ts';
import type { Report } from './report.ts';

/**
 * Invariant 6: every severe text belongs to one alert, whose page leaves in time and which climbs until
 * taken.
 */
const minuteMs = 60_000;
const severity = { urgent: 1, emergency: 2 } as const;
/** Parts without which nobody can be paged. */
const needed = [
  'table',
  'queues',
  'carrier',
  'scheduler',
  'process-inbound',
  'alert-rung',
  'sweep',
  'inbound-message',
];

type Parts = {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly history: () => History;
  readonly report: Report;
};
/** What is known of alerts and of the texts they are about. */
type Seen = {
  readonly alerts: Map<string, AlertRow>;
  readonly severe: Map<string, InboundRow>;
  readonly pagedAt: Map<string, number>;
};

export function createAlertChecks(parts: Parts): {
  onChange(change: RowChange): void;
  onAccepted(accepted: Accepted): void;
  atTheEnd(): void;
  readonly pageDelaysMs: number[];
} {
  const { faults, history, report } = parts;
  const seen: Seen = { alerts: new Map(), severe: new Map(), pagedAt: new Map() };
  const { alerts, severe, pagedAt } = seen;
  const { expectPage, expectClimb } = createExpectations(parts, seen);
  const pageDelaysMs: number[] = [];

  function changed(before: AlertRow | undefined, after: AlertRow): void {
    alerts.set(after.alertId, after);
    if (before === undefined) {
      expectPage(after);
      return expectClimb(after);
    }
    if (after.inboundSids.length > before.inboundSids.length) checkJoin(before, after, severe, report);
    if (before.status === 'done' && after.status !== 'done')
      report('6', `alert ${after.code} was done and is ${after.status}`);
    if (before.nextRungAt !== after.nextRungAt || before.status !== after.status) expectClimb(after);
  }

  return {
    pageDelaysMs,
    onChange({ kind, before, after }) {
      if (kind === 'alert' && after !== undefined) changed(before as AlertRow | undefined, after as AlertRow);
      if (kind !== 'inbound' || after === undefined) return;
      const inbound = after as InboundRow;
      if (inbound.level === 'emergency' || inbound.level === 'urgent')
        severe.set(inbound.messageSid, inbound);
    },
    onAccepted({ text, atMs }) {
      const message = history().messages.get(text.ref.slice(text.ref.lastIndexOf('.') + 1));
      if (message?.kind !== 'alert' || message.alertId === undefined || pagedAt.has(message.alertId)) return;
      pagedAt.set(message.alertId, atMs);
      const alert = alerts.get(message.alertId);
      const inbound = severe.get(alert?.inboundSids[0] ?? '');
      if (alert === undefined || inbound === undefined || message.rung !== 0) return;
      const delayMs = atMs - Date.parse(inbound.receivedAt);
      // Held back on purpose, or for silence: not a delay.
      if (Date.parse(alert.openedAt) - Date.parse(inbound.receivedAt) > 20 * minuteMs) return;
      pageDelaysMs.push(delayMs);
      if (faults.roughness === 0 && delayMs > 5000) {
        report('6 late', `the page of ${inbound.messageSid} left after ${delayMs / 1000} s`);
      }
    },
    atTheEnd() {
      for (const inbound of severe.values()) {
        const holding = [...alerts.values()].filter((alert) =>
          alert.inboundSids.includes(inbound.messageSid),
        );
        if (holding.length !== 1) {
          report('6', `${inbound.messageSid} (${inbound.level}) belongs to ${holding.length} alerts`);
        }
      }
    },
  };
}

/** Product-rules 6: only an open alert of the same or a higher level is joined. */
function checkJoin(before: AlertRow, after: AlertRow, severe: Seen['severe'], report: Report): void {
  const sid = after.inboundSids.at(-1) ?? '';
  if (before.status !== 'open')
    report('6 joined', `${sid} joined alert ${after.code}, which is ${before.status}`);
  const level = severe.get(sid)?.level;
  if (level !== 'emergency' && level !== 'urgent') return;
  if (severity[level] > severity[before.level])
    report('6 joined', `${sid} (${level}) joined a lower alert ${after.code}`);
}

/** What must have happened after a while, unless something that is needed was down. */
function createExpectations({ engine, faults, report }: Parts, { alerts, pagedAt }: Seen) {
  /**
   * How long is patience: seconds in a calm world, five minutes after the last part is back in a rough one.
   */
  function patienceMs(): number {
    return faults.roughness === 0 ? 5000 : 5 * minuteMs + 30_000;
  }

  /** Runs `check` once it is certain that nothing was down for that long. */
  function whenPatienceEnds(fromMs: number, patience: number, check: () => void): void {
    const backMs = faults.outages
      .filter(
        (outage) => needed.includes(outage.part) && outage.fromMs < fromMs + patience && outage.toMs > fromMs,
      )
      .reduce((latest, outage) => Math.max(latest, outage.toMs), fromMs);
    if (backMs > fromMs) engine.at(backMs, () => whenPatienceEnds(backMs, patience, check));
    else {
      engine.at(fromMs + patience + 1, () => {
        // A call that failed is a part that was not back yet.
        const struckMs = faults.lastStruckMs();
        if (struckMs > fromMs) whenPatienceEnds(struckMs, patience, check);
        else check();
      });
    }
  }

  function expectPage(alert: AlertRow): void {
    if (alert.rung < 0) return;
    const openedMs = Date.parse(alert.openedAt);
    whenPatienceEnds(engine.nowMs(), patienceMs(), () => {
      const now = alerts.get(alert.alertId);
      if (pagedAt.has(alert.alertId) || now?.status !== 'open') return;
      report('6 page', `alert ${alert.code} of ${new Date(openedMs).toISOString()} has not been paged`);
    });
  }

  function expectClimb(alert: AlertRow): void {
    if (alert.status !== 'open' || alert.nextRungAt === undefined) return;
    const patience = faults.roughness === 0 ? 90_000 : 12 * minuteMs;
    const dueMs = Math.max(engine.nowMs(), Date.parse(alert.nextRungAt));
    engine.at(dueMs, () =>
      whenPatienceEnds(dueMs, patience, () => {
        const now = alerts.get(alert.alertId);
        if (now === undefined || now.status !== 'open' || now.nextRungAt !== alert.nextRungAt) return;
        report('6 climb', `alert ${alert.code} did not climb after ${alert.nextRungAt} (rung ${now.rung})`);
      }),
    );
  }

  return { expectPage, expectClimb };
}
