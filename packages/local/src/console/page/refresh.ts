import type { AlertAnswer } from '@aftercare/contract/alert';
import type { SessionTimeline } from '@aftercare/contract/session-answer';
import type { TaskAnswer } from '@aftercare/contract/task';
import type { ShownMessage } from '../../runtime/message-log.ts';
import type { KnownSession, SessionDetail } from '../known-sessions.ts';
import type { Store } from './state.ts';
import type { Wire } from './wire.ts';

export type Refresher = {
  /** Looks at everything once; asked again while looking, looks once more. */
  readonly refresh: () => Promise<void>;
  /** The first look, and another whenever the runtime says that something changed. */
  readonly follow: () => Promise<void>;
};

/** A deployed system has no change stream: it is asked this often. */
const pollMs = 5_000;
/** Many changes in a row, as in an advance over days, make one look. */
const settleMs = 120;

export function createRefresher(store: Store, wire: Wire): Refresher {
  let running: Promise<void> | undefined;
  let again = false;
  const refresh = async (): Promise<void> => {
    again = true;
    running ??= (async () => {
      try {
        while (again) {
          again = false;
          await look(store, wire);
        }
      } finally {
        running = undefined;
      }
    })();
    return running;
  };
  let waiting = false;
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    window.setTimeout(() => {
      waiting = false;
      void refresh();
    }, settleMs);
  };
  return {
    refresh,
    follow: async () => {
      await refresh();
      if (store.get().setup?.emulated !== true) {
        window.setInterval(soon, pollMs);
        return;
      }
      const changes = new EventSource('/local/changes');
      changes.addEventListener('change', soon);
      changes.addEventListener('open', () => store.set({ connected: true }));
      changes.addEventListener('error', () => store.set({ connected: false }));
    },
  };
}

async function look(store: Store, wire: Wire): Promise<void> {
  const { setup } = store.get();
  if (setup === undefined) return;
  const base = `/v1/clinics/${setup.clinicId}`;
  const [clock, messages, sessions, alerts, tasks] = await Promise.all([
    setup.emulated ? wire.control<{ now: string }>('GET', '/local/clock') : undefined,
    setup.emulated ? wire.control<ShownMessage[]>('GET', '/local/messages') : undefined,
    setup.ownTable ? wire.control<{ sessions: KnownSession[] }>('GET', '/local/console/sessions') : undefined,
    wire.api<{ alerts: AlertAnswer[] }>('GET', `${base}/alerts`),
    wire.api<{ tasks: TaskAnswer[] }>('GET', `${base}/tasks?state=open`),
  ]);
  store.set({
    connected: clock === undefined ? alerts.ok : clock.ok,
    ...(clock?.ok === true ? { leadMs: Date.parse(clock.value.now) - Date.now() } : {}),
    ...(messages?.ok === true ? { messages: messages.value } : {}),
    ...(sessions?.ok === true ? { sessions: sessions.value.sessions } : {}),
    ...(alerts.ok ? { alerts: alerts.value.alerts } : {}),
    ...(tasks.ok ? { tasks: tasks.value.tasks } : {}),
  });
  const selectedId = store.get().selectedId ?? store.get().sessions[0]?.sessionId;
  if (selectedId !== undefined) await lookAtSession(store, wire, base, selectedId);
  store.set({ ready: true });
}

async function lookAtSession(store: Store, wire: Wire, base: string, sessionId: string): Promise<void> {
  const { setup } = store.get();
  const [timeline, detail] = await Promise.all([
    wire.api<SessionTimeline>('GET', `${base}/sessions/${sessionId}`),
    setup?.ownTable === true
      ? wire.control<SessionDetail>('GET', `/local/console/session?id=${sessionId}`)
      : undefined,
  ]);
  const chosen = store.get().selectedId;
  if (chosen !== undefined && chosen !== sessionId) return;
  store.set({
    selectedId: sessionId,
    timeline: timeline.ok ? timeline.value : undefined,
    detail: detail?.ok === true ? detail.value : undefined,
  });
}
