import { useEffect, useState } from 'preact/hooks';
import { CallsCard } from './calls-card.tsx';
import type { Client } from './client.ts';
import { ClockBar } from './clock-bar.tsx';
import { DayPage } from './day-page.tsx';
import { HealingCard } from './healing-card.tsx';
import { useConsole, useHash } from './hooks.ts';
import { PhoneCard } from './phone-card.tsx';
import { SessionCard } from './session-card.tsx';
import { useShortcuts } from './shortcuts.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { StaffColumn } from './staff-column.tsx';
import { type ConsoleState, isWriting } from './state.ts';
import { TimelineCard } from './timeline-card.tsx';

export type ViewProps = { readonly client: Client; readonly state: ConsoleState };

/** The console: the walk through a session, or the clinic's day. */
export function App({ client }: { readonly client: Client }) {
  const state = useConsole(client.store);
  const page = useHash();
  const [help, setHelp] = useState(false);
  useShortcuts(client, () => setHelp(true));
  return (
    <>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <Top client={client} state={state} page={page} onHelp={() => setHelp(true)} />
      <Notices client={client} state={state} />
      <main id="content" tabIndex={-1}>
        <h1 class="unseen">Aftercare console{page === 'day' ? ': the clinic’s day' : ''}</h1>
        {page === 'day' ? <DayPage client={client} state={state} /> : <Walk client={client} state={state} />}
      </main>
      <footer class="foot">
        <span>
          {state.setup?.emulated === false
            ? `The API at ${state.setup.apiUrl}.`
            : 'Everything here runs on this machine.'}{' '}
          Press <kbd>?</kbd> for keys.
        </span>
        <a href="/docs">API reference</a>
      </footer>
      <ShortcutsDialog open={help} onClose={() => setHelp(false)} />
    </>
  );
}

function Top(props: ViewProps & { readonly page: string; readonly onHelp: () => void }) {
  const { client, state, page } = props;
  const current = (own: string) => ({ 'aria-current': page === own ? ('page' as const) : undefined });
  return (
    <header class="top">
      <div class="brand">
        <img src="/console/icon.svg" alt="" width="26" height="26" />
        <span>Aftercare</span>
        <small>{state.setup?.clinicName}</small>
      </div>
      <nav aria-label="Pages">
        <a href="#/" {...current('')}>
          Walk-through
        </a>
        <a href="#/day" {...current('day')}>
          Clinic’s day
        </a>
        <a href="/docs">API</a>
      </nav>
      <ClockBar client={client} state={state} />
    </header>
  );
}

function Notices({ client, state }: ViewProps) {
  const { setup, problem, connected } = state;
  return (
    <div class="notices" aria-live="polite">
      {setup?.draft === true && (
        <p class="notice draft" role="note">
          <b>Draft content: no clinician has signed it.</b>
          <span>It reaches the emulated phones and the clinic’s test numbers, nobody else.</span>
        </p>
      )}
      {!connected && (
        <p class="notice bad">
          Not connected. Start the system with <code>npx pnpm@12 start</code>; this page goes on by itself.
        </p>
      )}
      {problem !== undefined && !isWriting(state) && (
        <div class="notice bad" role="alert">
          <span>
            <b>{problem.title}.</b> {problem.detail}
          </span>
          <button type="button" class="plain" onClick={() => client.store.set({ problem: undefined })}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}

const parts = [
  ['session', 'Session'],
  ['phone', 'Phone'],
  ['staff', 'Staff'],
  ['healing', 'Healing'],
  ['calls', 'Calls'],
] as const;
type Part = (typeof parts)[number][0];

/** Three people side by side: the clinic's software, the patient, the staff. On a phone, one at a time. */
function Walk({ client, state }: ViewProps) {
  const [part, setPart] = useState<Part>('session');
  const openAlerts = state.alerts.filter((alert) => alert.status === 'open').length;
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [part]);
  const shown = (own: Part) => (part === own ? 'part shown' : 'part');
  const { setup } = state;
  const absent: readonly Part[] = [
    ...(setup?.emulated === false ? (['phone'] as const) : []),
    ...(setup?.ownTable === false ? (['healing'] as const) : []),
  ];
  const present = parts.filter(([own]) => !absent.includes(own));
  return (
    <>
      <div class={absent.includes('phone') ? 'walk pair-wide' : 'walk'}>
        <div class={shown('session')}>
          <SessionCard client={client} state={state} />
          <TimelineCard client={client} state={state} />
        </div>
        {!absent.includes('phone') && (
          <div class={shown('phone')}>
            <PhoneCard client={client} state={state} />
          </div>
        )}
        <div class={shown('staff')}>
          <StaffColumn client={client} state={state} />
        </div>
        {!absent.includes('healing') && (
          <div class={`${shown('healing')} wide`}>
            <HealingCard client={client} state={state} />
          </div>
        )}
        <div class={`${shown('calls')} wide`}>
          <CallsCard client={client} state={state} />
        </div>
      </div>
      <Tabs present={present} part={part} openAlerts={openAlerts} onChoose={setPart} />
    </>
  );
}

function Tabs(props: {
  readonly present: readonly (typeof parts)[number][];
  readonly part: Part;
  readonly openAlerts: number;
  readonly onChoose: (part: Part) => void;
}) {
  return (
    <nav class="tabs" aria-label="Parts of the page">
      {props.present.map(([own, label]) => (
        <button
          type="button"
          key={own}
          aria-current={props.part === own ? 'true' : undefined}
          onClick={() => props.onChoose(own)}
        >
          {label}
          {own === 'staff' && props.openAlerts > 0 && <Count count={props.openAlerts} words="open alerts" />}
        </button>
      ))}
    </nav>
  );
}

function Count(props: { readonly count: number; readonly words: string }) {
  return (
    <span class="count">
      {props.count}
      <span class="unseen"> {props.words}</span>
    </span>
  );
}
