import type { CohortView } from '@aftercare/usecases/cohorts';
import { classWords } from './words.ts';

/** Small multiples on one scale: reports by day since the session, per session, for each device and depth. */
export function CohortChart({ view }: { readonly view: CohortView }) {
  const rates = view.cohorts.flatMap((cohort) =>
    cohort.reportsByDay.map((count) => count / (cohort.sessions || 1)),
  );
  const most = Math.max(0.1, ...rates);
  return (
    <section class="card" aria-labelledby="cohorts-title">
      <header>
        <h2 id="cohorts-title">Symptom reports by device and depth</h2>
        <span class="quiet">
          {view.from} to {view.to}; this clinic’s own baseline: {view.baselineReportsPerSession} per session
        </span>
      </header>
      {view.cohorts.length === 0 ? (
        <p class="empty">
          With a few sessions posted, each device and depth gets a small chart here: a worn cartridge or a new
          product shows as a hill above the others.
        </p>
      ) : (
        <div class="multiples">
          {view.cohorts.map((cohort) => (
            <Multiple
              key={cohort.protocolClass}
              cohort={cohort}
              most={most}
              baseline={view.baselineReportsPerSession}
            />
          ))}
        </div>
      )}
    </section>
  );
}

type Cohort = CohortView['cohorts'][number];

const width = 220;
const height = 84;
const foot = 16;

/** Twice the clinic's own rate is worth a look. */
const conspicuous = 2;

function Multiple(props: { readonly cohort: Cohort; readonly most: number; readonly baseline: number }) {
  const { cohort, most, baseline } = props;
  const step = width / cohort.reportsByDay.length;
  const above = baseline > 0 && cohort.reportsPerSession >= conspicuous * baseline;
  const heightOf = (count: number): number => (count / (cohort.sessions || 1) / most) * (height - foot - 4);
  const words = cohort.reportsByDay
    .flatMap((count, day) => (count === 0 ? [] : [`day ${day}: ${count}`]))
    .join(', ');
  return (
    <figure class={above ? 'multiple above' : 'multiple'}>
      <figcaption>
        <b>{cohort.protocolClass}</b> {classWords[cohort.protocolClass]}
        <small>
          {cohort.sessions} {cohort.sessions === 1 ? 'session' : 'sessions'}, {cohort.reportsPerSession}{' '}
          reports per session
          {above ? ', well above the baseline' : ''}
        </small>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${cohort.protocolClass}: ${words === '' ? 'no reports' : words}`}
      >
        <line class="ground" x1={0} x2={width} y1={height - foot} y2={height - foot} />
        {cohort.reportsByDay.map((count, day) => (
          <rect
            key={day}
            x={day * step + 1.5}
            y={height - foot - heightOf(count)}
            width={step - 3}
            height={heightOf(count)}
            rx={1.5}
          />
        ))}
        {[0, 3, 7, 14].map((day) => (
          <text key={day} x={day * step + step / 2} y={height - 3} text-anchor="middle">
            {day}
          </text>
        ))}
      </svg>
    </figure>
  );
}
