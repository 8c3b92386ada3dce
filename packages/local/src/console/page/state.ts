import type { AlertAnswer } from '@aftercare/contract/alert';
import type { Problem } from '@aftercare/contract/problem';
import type { SessionTimeline } from '@aftercare/contract/session-answer';
import type { TaskAnswer } from '@aftercare/contract/task';
import type { ShownMessage } from '../../runtime/message-log.ts';
import type { ConsoleCallAnswer } from '../api-call.ts';
import type { KnownSession, SessionDetail } from '../known-sessions.ts';
import type { ConsoleSetup } from '../server.ts';

/** One request and its answer, for "behind each step". */
export type CallRecord = ConsoleCallAnswer & {
  readonly id: number;
  readonly label: string;
  /** Wall time, epoch ms. */
  readonly atMs: number;
  /** The page asked by itself: only the newest of a kind is kept. */
  readonly automatic: boolean;
  /** Calls of this machine's own control endpoints carry no signature. */
  readonly signed: boolean;
  /** How often in a row. */
  readonly times: number;
};

export type Composing =
  | { readonly mode: 'new' }
  | { readonly mode: 'amend'; readonly sessionId: string }
  | undefined;

/** Everything the console shows. Replaced as a whole on every change. */
export type ConsoleState = {
  readonly setup: ConsoleSetup | undefined;
  /** The first look is over: clock and sessions are known. */
  readonly ready: boolean;
  /** How far this clock leads the browser's. */
  readonly leadMs: number;
  readonly connected: boolean;
  readonly sessions: readonly KnownSession[];
  readonly selectedId: string | undefined;
  readonly composing: Composing;
  readonly detail: SessionDetail | undefined;
  readonly timeline: SessionTimeline | undefined;
  readonly messages: readonly ShownMessage[];
  readonly alerts: readonly AlertAnswer[];
  readonly tasks: readonly TaskAnswer[];
  readonly calls: readonly CallRecord[];
  /** What the page waits for, in words; undefined when it waits for nothing. */
  readonly busy: string | undefined;
  readonly problem: Problem | undefined;
  /** The staff member in whose name alerts and tasks are taken and closed. */
  readonly person: string;
};

export const emptyState: ConsoleState = {
  setup: undefined,
  ready: false,
  leadMs: 0,
  connected: true,
  sessions: [],
  selectedId: undefined,
  composing: undefined,
  detail: undefined,
  timeline: undefined,
  messages: [],
  alerts: [],
  tasks: [],
  calls: [],
  busy: undefined,
  problem: undefined,
  person: '',
};

export type Store = {
  readonly get: () => ConsoleState;
  readonly set: (change: Partial<ConsoleState>) => void;
  readonly listen: (listener: () => void) => () => void;
};

export function createStore(): Store {
  let state = emptyState;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The session that the page is about. */
export function selectedSession(state: ConsoleState): KnownSession | undefined {
  return state.sessions.find((session) => session.sessionId === state.selectedId);
}

/** A session is being written; what is wrong with it is said there. */
export function isWriting(state: ConsoleState): boolean {
  return state.setup?.emulated === true && (state.composing !== undefined || state.sessions.length === 0);
}
