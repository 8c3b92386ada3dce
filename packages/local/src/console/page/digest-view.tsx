import type { DailyDigest } from '@aftercare/usecases/daily-digest';
import { roughLabel } from './moments.ts';
import { levelTones, plainWords, taskWords } from './words.ts';

/** What went, what did not and why, who waits. */
export function DigestView({ digest }: { readonly digest: DailyDigest }) {
  const { texts, alerts, replies } = digest;
  const median = alerts.medianSecondsToAcknowledge;
  return (
    <>
      <section class="card" aria-labelledby="digest-title">
        <header>
          <h2 id="digest-title">The day in figures</h2>
          <span class="quiet">{digest.timeZone}</span>
        </header>
        <dl class="tiles">
          <Tile name="Check-ins sent" value={texts.sent} note={`${texts.delivered} delivered`} />
          <Tile
            name="Not sent"
            value={digest.notSent.length}
            note={`${texts.failed} failed`}
            tone={digest.notSent.length > 0 ? 'warn' : ''}
          />
          <Tile name="Replies" value={replies.total} note={`${digest.sessionsAccepted} new sessions`} />
          <Tile
            name="Alerts"
            value={alerts.opened}
            note={`${alerts.openNow} open now`}
            tone={alerts.openNow > 0 ? 'bad' : ''}
          />
          <Tile
            name="Median time to take"
            value={
              median === undefined ? '–' : median < 60 ? `${Math.round(median)} s` : roughLabel(median * 1000)
            }
            note={`${alerts.perHundredPatients} pages per 100 patients`}
          />
          <Tile name="Segments" value={texts.segments} note={`about $${texts.estimatedCostUsd.toFixed(2)}`} />
        </dl>
        <Levels replies={replies} />
      </section>
      <div class="pair">
        <NotSent digest={digest} />
        <Waiting digest={digest} />
      </div>
    </>
  );
}

function Tile(props: {
  readonly name: string;
  readonly value: number | string;
  readonly note: string;
  readonly tone?: string;
}) {
  return (
    <div class={`tile ${props.tone ?? ''}`}>
      <dt>{props.name}</dt>
      <dd>
        <b>{props.value}</b>
        <small>{props.note}</small>
      </dd>
    </div>
  );
}

function Levels({ replies }: Pick<DailyDigest, 'replies'>) {
  const levels = Object.entries(replies.byLevel).sort((a, b) => b[1] - a[1]);
  if (levels.length === 0) return <p class="empty">Nobody wrote on this day.</p>;
  return (
    <>
      <h3>What the replies were read as</h3>
      <ul class="levels">
        {levels.map(([level, count]) => (
          <li key={level}>
            <span>{plainWords(level)}</span>
            <span
              class={`bar ${levelTones[level] ?? 'calm'}`}
              style={{ width: `${(count / replies.total) * 100}%` }}
            />
            <b>{count}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function NotSent({ digest }: { readonly digest: DailyDigest }) {
  return (
    <section class="card" aria-labelledby="not-sent">
      <header>
        <h2 id="not-sent">What did not go, and why</h2>
      </header>
      {digest.notSent.length === 0 ? (
        <p class="empty">Everything that was due went.</p>
      ) : (
        <ul class="lines">
          {digest.notSent.map((line) => (
            <li key={`${line.sessionId}${line.day ?? ''}${line.reason}`}>
              <b>
                {line.sessionId}
                {line.day === undefined ? '' : `, day ${line.day}`}
              </b>{' '}
              {line.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Waiting({ digest }: { readonly digest: DailyDigest }) {
  const tasks = Object.entries(digest.openTasks);
  return (
    <section class="card" aria-labelledby="waiting">
      <header>
        <h2 id="waiting">Who waits</h2>
      </header>
      <dl class="facts">
        <div>
          <dt>Open work</dt>
          <dd>
            {tasks.length === 0
              ? 'none'
              : tasks
                  .map(([kind, count]) => `${count} ${(taskWords[kind] ?? kind).toLowerCase()}`)
                  .join(', ')}
            {digest.overdueTasks > 0 && <b class="overdue"> {digest.overdueTasks} overdue</b>}
          </dd>
        </div>
        <div>
          <dt>Alert outcomes</dt>
          <dd>
            {Object.entries(digest.alerts.outcomes)
              .map(([outcome, count]) => `${count} ${plainWords(outcome)}`)
              .join(', ') || 'none closed'}
          </dd>
        </div>
        <div>
          <dt>Not reachable</dt>
          <dd>{digest.unreachable.join(', ') || 'nobody'}</dd>
        </div>
        <div>
          <dt>Silent since day 3</dt>
          <dd>{digest.silentSinceDay3.join(', ') || 'nobody'}</dd>
        </div>
      </dl>
    </section>
  );
}
