import type { TimelineReminder } from '@aftercare/contract/session-answer';
import type { ViewProps } from './app.tsx';
import { useNowMs } from './hooks.ts';
import { dayLabel, momentLabel, roughLabel, timeLabel, zoneLabel } from './moments.ts';
import { statusWords } from './words.ts';

/** Every text of the session, planned or gone, in the patient's time, with the reason for each. */
export function TimelineCard({ state }: ViewProps) {
  const { timeline, detail } = state;
  const nowMs = useNowMs(state.leadMs);
  const texts = timeline === undefined ? [] : [timeline.confirmation ?? [], timeline.reminders].flat();
  const timeZone = texts[0]?.timeZone ?? 'UTC';
  return (
    <section class="card" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">
          <span class="who">Why each text went, or did not</span>Timeline
        </h2>
        {timeline !== undefined && <span class="quiet">{zoneLabel(timeZone)} time</span>}
      </header>
      {timeline === undefined ? (
        <p class="empty">
          Planned, sent, skipped and late texts of a session stand here, each with its reason.
        </p>
      ) : (
        <>
          <ol class="timeline">
            {texts.map((reminder) => (
              <Row
                key={reminder.day}
                reminder={reminder}
                nowMs={nowMs}
                preview={detail?.calendar?.previews.find((preview) => preview.day === reminder.day)?.body}
              />
            ))}
          </ol>
          <details class="history">
            <summary>History ({timeline.events.length})</summary>
            <ol>
              {timeline.events.map((event) => (
                <li key={event.at + event.type + event.text}>
                  <time dateTime={event.at}>{momentLabel(event.at, timeZone)}</time> {event.text}
                </li>
              ))}
            </ol>
          </details>
        </>
      )}
    </section>
  );
}

type RowProps = {
  readonly reminder: TimelineReminder;
  readonly nowMs: number;
  readonly preview: string | undefined;
};

function Row({ reminder, nowMs, preview }: RowProps) {
  const { day, dueAt, timeZone, status, sentAt } = reminder;
  const [words, tone] = statusWords[status];
  const late = sentAt === undefined ? 0 : Date.parse(sentAt) - Date.parse(dueAt);
  const isLate = late > lateMs;
  return (
    <li class={`row ${tone}`} data-day={day} data-status={status}>
      <div class="when">
        <b>{day === 0 ? 'Confirmation' : `Day ${day}`}</b>
        <time dateTime={dueAt}>
          {dayLabel(dueAt, timeZone)} {timeLabel(dueAt, timeZone)}
        </time>
      </div>
      <div class="what">
        <span class={`pill ${isLate ? 'warn' : tone}`}>{isLate ? `${words}, late` : words}</span>
        <span class="because">{because(reminder, nowMs, isLate ? late : 0)}</span>
        <Details reminder={reminder} preview={preview} />
      </div>
    </li>
  );
}

/** Later than any queue's normal delay: the receptionist should see it. */
const lateMs = 15 * 60_000;

function because(reminder: TimelineReminder, nowMs: number, late: number): string {
  const { status, reasonText, dueAt, sentAt, timeZone } = reminder;
  if (reasonText !== undefined) return reasonText;
  if (status === 'planned' || status === 'scheduled') {
    const away = Date.parse(dueAt) - nowMs;
    return away > 0 ? `in ${roughLabel(away)}` : 'due now';
  }
  if (sentAt === undefined) return '';
  const on = late > 0 ? `, ${roughLabel(late)} after it was due` : '';
  return `sent ${timeLabel(sentAt, timeZone)}${on}`;
}

function Details({ reminder, preview }: Pick<RowProps, 'reminder' | 'preview'>) {
  const { segments, facts, deliveryStatus, errorCode, protocolVersion, status } = reminder;
  const open = status === 'planned' || status === 'scheduled';
  if (open && preview === undefined) return null;
  if (!open && segments === undefined) return null;
  return (
    <details>
      <summary>{open ? 'What it will say' : 'What was in it'}</summary>
      {open ? (
        <p class="preview">{preview}</p>
      ) : (
        <p>
          {segments} {segments === 1 ? 'segment' : 'segments'}, carrier: {deliveryStatus ?? 'no word yet'}
          {errorCode === undefined ? '' : ` (error ${errorCode})`}
          {protocolVersion === undefined ? '' : `, protocol v${protocolVersion}`}
          {facts === undefined || facts.length === 0 ? '' : ', facts '}
          {facts !== undefined && facts.length > 0 && <code>{facts.join(' ')}</code>}
        </p>
      )}
    </details>
  );
}
