import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { Approvals } from '../approvals.ts';
import type { Accepted, Landed } from '../carrier.ts';
import type { Engine } from '../engine.ts';
import type { Faults } from '../faults.ts';
import { type History, parseEverything, type RowChange } from '../history.ts';
import type { InboundLine } from '../inbound-line.ts';
import type { Outside } from '../outside.ts';
import type { Trace } from '../trace.ts';
import { createAlertChecks } from './alerts.ts';
import { checkTheEnd } from './at-the-end.ts';
import { createClaimChecks } from './claims.ts';
import { createDraftChecks } from './drafts.ts';
import { createPlanChecks } from './plans.ts';
import { watchPrivacy } from './privacy.ts';
import { createReplyChecks } from './replies.ts';
import { createStatusChecks } from './statuses.ts';
import { createTenantChecks } from './tenants.ts';

/** Something that must never be: which invariant of design 7, what was seen, and when. */
export type Violation = { readonly invariant: string; readonly seen: string; readonly at: string };

/** The invariants of design 7 together: looked at after every change, and once more at the end. */
export type Checks = {
  onChange(change: RowChange): void;
  onAccepted(accepted: Accepted): void;
  onLanded(landed: Landed): void;
  atTheEnd(): void;
  onRead: ReturnType<typeof createTenantChecks>['onRead'];
  onAnswer: ReturnType<typeof createTenantChecks>['onAnswer'];
  /** The first one; nothing after it is of interest. */
  violation(): Violation | undefined;
  readonly privacy: ReturnType<typeof watchPrivacy>;
  readonly moves: ReadonlyMap<string, number>;
  readonly pageDelaysMs: readonly number[];
};

export function createChecks(parts: {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly clinics: readonly ClinicConfig[];
  readonly approvals: Approvals;
  readonly outside: () => Outside;
  readonly history: () => History;
  readonly line: () => InboundLine;
}): Checks {
  const { engine, faults, trace, clinics, history } = parts;
  let violation: Violation | undefined;
  const report = (invariant: string, seen: string): void => {
    violation ??= { invariant, seen, at: engine.now() };
    trace.note(() => `VIOLATION of ${invariant}: ${seen}`);
  };
  const statuses = createStatusChecks(report);
  const { beyondPromise } = faults;
  const claims = createClaimChecks({ history, clinics, nowMs: engine.nowMs, report, beyondPromise });
  const replies = createReplyChecks({ history, line: parts.line, nowMs: engine.nowMs, report });
  const alerts = createAlertChecks({ engine, faults, history, report });
  const tenants = createTenantChecks(report);
  const drafts = createDraftChecks({ approvals: parts.approvals, history, report });
  const plans = createPlanChecks({ history, clinics, faults, nowMs: engine.nowMs, report });
  const changeChecks = [statuses, claims, replies, alerts, tenants, plans];
  const acceptedChecks = [claims, replies, alerts, drafts];
  return {
    violation: () => violation,
    privacy: watchPrivacy(report),
    moves: statuses.moves,
    pageDelaysMs: alerts.pageDelaysMs,
    onChange(change) {
      for (const check of changeChecks) check.onChange(change);
    },
    onAccepted(accepted) {
      for (const check of acceptedChecks) check.onAccepted(accepted);
    },
    onLanded: claims.onLanded,
    onRead: tenants.onRead,
    onAnswer: tenants.onAnswer,
    atTheEnd() {
      const outside = parts.outside();
      checkTheEnd({ history: history(), outside, clinics, faults, nowMs: engine.nowMs(), report });
      replies.atTheEnd(outside.table);
      alerts.atTheEnd();
      parseEverything(outside.table);
    },
  };
}
