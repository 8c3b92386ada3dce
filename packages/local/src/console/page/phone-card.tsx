import { useEffect, useRef } from 'preact/hooks';
import type { ShownMessage } from '../../runtime/message-log.ts';
import type { ViewProps } from './app.tsx';
import { Bubble } from './bubble.tsx';
import { Composer } from './composer.tsx';
import { dayLabel } from './moments.ts';
import { selectedSession } from './state.ts';
import { phoneWords } from './words.ts';

/** The patient's phone: what came, whether it arrived, and a line to write on. */
export function PhoneCard({ client, state }: ViewProps) {
  const session = selectedSession(state);
  const { setup } = state;
  const own = session === undefined ? [] : textsOf(state.messages, session.phone);
  const suggestions =
    session?.language === 'es'
      ? ['1', '3', 'pus amarillo y fiebre', '¿Cuándo puedo usar retinol?', 'STOP']
      : ['1', '3', 'yellow pus and fever', 'When can I use retinol?', 'STOP'];
  return (
    <section class="card phone" aria-labelledby="phone-title">
      <header>
        <h2 id="phone-title">
          <span class="who">Patient</span>
          {session === undefined ? 'Phone' : `${session.firstName}’s phone`}
        </h2>
        {session !== undefined && <span class="quiet">{phoneWords(session.phone)}</span>}
      </header>
      <Thread
        label={session === undefined ? 'Texts' : `Texts of ${session.firstName}`}
        messages={own}
        mine="inbound"
        empty={
          session === undefined
            ? 'Nobody yet. Post a session, and the patient’s texts appear here.'
            : 'No text so far. Press “Next event” to move the clock to the first one.'
        }
      />
      {session !== undefined && setup?.live !== true && (
        <Composer
          id="reply"
          label="Text as the patient"
          suggestions={suggestions}
          onSend={(body) => client.text(session.phone, setup?.patientNumber, body)}
        />
      )}
    </section>
  );
}

/** Everything between that phone and the clinic, oldest first. */
export function textsOf(messages: readonly ShownMessage[], phone: string): readonly ShownMessage[] {
  return messages.filter((message) => message.from === phone || message.to === phone);
}

type ThreadProps = {
  readonly label: string;
  readonly messages: readonly ShownMessage[];
  /** The direction that the phone's owner writes in. */
  readonly mine: ShownMessage['direction'];
  readonly empty: string;
};

/** Bubbles by day; keeps its end in sight as texts come. */
export function Thread({ label, messages, mine, empty }: ThreadProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const toEnd = (): void => ref.current?.scrollTo({ top: ref.current.scrollHeight });
    toEnd();
    if (ref.current === null) return;
    // A part of the page that was hidden has no height to scroll in until it is shown.
    const observer = new ResizeObserver(toEnd);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [messages.length]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by key
    <div class="thread" ref={ref} role="log" aria-label={label} tabIndex={0}>
      {messages.length === 0 && <p class="empty">{empty}</p>}
      {messages.map((message, index) => {
        const day = dayLabel(message.at, message.timeZone);
        const before = messages[index - 1];
        const isNew = before === undefined || dayLabel(before.at, before.timeZone) !== day;
        return (
          <div key={message.sid}>
            {isNew && <p class="date">{day}</p>}
            <Bubble message={message} mine={message.direction === mine} />
          </div>
        );
      })}
    </div>
  );
}
