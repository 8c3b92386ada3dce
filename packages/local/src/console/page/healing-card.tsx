import type { HealingCalendar } from '../healing-calendar.ts';
import type { ViewProps } from './app.tsx';
import { HealingChart } from './healing-chart.tsx';
import { useNowMs, useWidth } from './hooks.ts';
import { classWords } from './words.ts';

/** The four weeks of this session: what is normal when, and until when what is off limits. */
export function HealingCard({ state }: ViewProps) {
  const calendar = state.detail?.calendar;
  const nowMs = useNowMs(state.leadMs);
  const [ref, width] = useWidth();
  const texts = (state.timeline?.reminders ?? []).map((reminder) => ({
    day: reminder.day,
    hours: calendar === undefined ? 0 : hoursFrom(calendar, Date.parse(reminder.dueAt)),
  }));
  return (
    <section class="card" aria-labelledby="healing-title">
      <header>
        <h2 id="healing-title">
          <span class="who">What this patient is told</span>Healing calendar
        </h2>
        {calendar !== undefined && (
          <span class="quiet">
            {classWords[calendar.classId] ?? calendar.classId}, {calendar.protocol.id} v
            {calendar.protocol.version} ({calendar.protocol.status})
          </span>
        )}
      </header>
      <div ref={ref}>
        {calendar === undefined ? (
          <p class="empty">
            What is normal when, and until when retinol, sun or the gym are off limits: drawn for the session
            you post.
          </p>
        ) : (
          <>
            <HealingChart
              calendar={calendar}
              width={width}
              nowHours={hoursFrom(calendar, nowMs)}
              texts={texts}
            />
            <AsList calendar={calendar} />
          </>
        )}
      </div>
    </section>
  );
}

const hoursFrom = (calendar: HealingCalendar, ms: number): number =>
  (ms - Date.parse(calendar.endedAt)) / 3_600_000;

/** The same in words, for those who do not see the chart, or want to copy it. */
function AsList({ calendar }: { readonly calendar: HealingCalendar }) {
  return (
    <details class="history">
      <summary>The same as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {calendar.expected.map(({ key, label, fromHours, toHours }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>
                normal from hour {fromHours} to {toHours}
              </td>
            </tr>
          ))}
          {calendar.bans.map((ban) => (
            <tr key={ban.item}>
              <th scope="row">{ban.label}</th>
              <td>{banWords(ban)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** `not before 28 Nov`, `only when the clinic says so`; short: `from 28 Nov`, `ask the clinic`. */
export function banWords(ban: HealingCalendar['bans'][number], short = false): string {
  if (ban.never) return 'not at all';
  if (ban.untilHours === null) return short ? 'ask the clinic' : 'only when the clinic says so';
  const [, month = '01', day = '1'] = (ban.untilOn ?? '').split('-');
  const date = `${Number(day)} ${months[Number(month) - 1] ?? ''}`;
  const from = short ? `from ${date}` : `not before ${date}`;
  const words = ban.untilOn === null ? 'allowed at once' : from;
  return ban.asksClinic ? `${words}${short ? ', ask' : ', and ask the clinic'}` : words;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
