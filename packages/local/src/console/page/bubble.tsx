import type { ShownMessage } from '../../runtime/message-log.ts';
import { timeLabel } from './moments.ts';
import { kindWords } from './words.ts';

/** One SMS: the words, what they cost, whether they arrived, and why they went. */
export function Bubble({ message, mine }: { readonly message: ShownMessage; readonly mine: boolean }) {
  const { kind, day, reason, facts } = message;
  const name = kind === 'reminder' ? `Day ${day ?? '?'} check-in` : (kindWords[kind] ?? kind);
  return (
    <article class={mine ? 'bubble mine' : 'bubble'}>
      {!mine && (
        <span class="kind" data-kind={kind}>
          {name}
        </span>
      )}
      <p>{message.body}</p>
      <footer>
        <span>{timeLabel(message.at, message.timeZone)}</span>
        <span>
          {message.segments} {message.segments === 1 ? 'segment' : 'segments'}
        </span>
        {message.direction === 'outbound' && <Ticks message={message} />}
      </footer>
      {reason !== undefined && !mine && (
        <details class="why">
          <summary>Why this text</summary>
          <p>
            {reason}
            {facts !== undefined && facts.length > 0 && (
              <>
                {' '}
                Facts: <code>{facts.join(' ')}</code>
              </>
            )}
          </p>
        </details>
      )}
    </article>
  );
}

const arrived: Readonly<Record<string, readonly [string, string]>> = {
  accepted: ['·', 'accepted by the carrier'],
  queued: ['·', 'waiting at the carrier'],
  sending: ['✓', 'on its way'],
  sent: ['✓', 'sent'],
  delivered: ['✓✓', 'delivered'],
  undelivered: ['✕', 'not delivered'],
  failed: ['✕', 'failed'],
};

function Ticks({ message }: { readonly message: ShownMessage }) {
  const [sign, words] = arrived[message.status] ?? ['·', message.status];
  const code = message.errorCode === undefined ? '' : `, error ${message.errorCode}`;
  return (
    <span class={`ticks ${message.status}`} title={words + code}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{words + code}</span>
      {message.errorCode !== undefined && <span aria-hidden="true"> {message.errorCode}</span>}
    </span>
  );
}
