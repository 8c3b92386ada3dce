import { analyse } from '@aftercare/sms/encoding';
import { useState } from 'preact/hooks';

/** A line to write an SMS on, with what it will cost. Enter sends, Shift+Enter makes a line. */
export function Composer(props: {
  readonly id: string;
  readonly label: string;
  readonly suggestions: readonly string[];
  readonly onSend: (body: string) => Promise<boolean>;
}) {
  const [body, setBody] = useState('');
  const { segments, encoding } = analyse(body);
  const send = async (): Promise<void> => {
    const text = body.trim();
    if (text === '') return;
    setBody('');
    if (!(await props.onSend(text))) setBody((now) => (now === '' ? text : now));
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="chips">
        {props.suggestions.map((suggestion) => (
          <button type="button" key={suggestion} onClick={() => setBody(suggestion)}>
            {suggestion}
          </button>
        ))}
      </div>
      <div class="line">
        <textarea
          id={props.id}
          rows={1}
          aria-label={props.label}
          placeholder={props.label}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <button type="submit" class="main" disabled={body.trim() === ''}>
          Send
        </button>
      </div>
      <small class="quiet" aria-live="off">
        {body === '' ? ' ' : `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${encoding}`}
      </small>
    </form>
  );
}
