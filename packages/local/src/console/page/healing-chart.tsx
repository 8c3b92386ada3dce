import type { CalendarBan, HealingCalendar } from '../healing-calendar.ts';
import { banWords } from './healing-card.tsx';

type Props = {
  readonly calendar: HealingCalendar;
  /** CSS pixels. */
  readonly width: number;
  readonly nowHours: number;
  readonly texts: readonly { readonly day: number; readonly hours: number }[];
};

const lastDay = 28;
const rowHeight = 20;
const barHeight = 10;
const axisHeight = 40;
const groupGap = 30;
/** Where a ban without a date leaves room for its words. */
const fadesAtDay = 17;

type Scale = {
  readonly left: number;
  readonly right: number;
  readonly at: (hours: number) => number;
  /** Little room: few words. */
  readonly narrow: boolean;
};

function scaleOf(width: number): Scale {
  const narrow = width < 560;
  const left = narrow ? 132 : 168;
  const right = width - 12;
  const at = (hours: number): number =>
    left + (Math.min(Math.max(hours, 0), lastDay * 24) / (lastDay * 24)) * (right - left);
  return { left, right, at, narrow };
}

/** Day 0 to 28 as two staircases: what is normal, what has to wait. In CSS pixels: words keep their size. */
export function HealingChart({ calendar, width, nowHours, texts }: Props) {
  if (width < 200) return null;
  const scale = scaleOf(width);
  const bans = calendar.bans.filter((ban) => ban.untilHours !== 0);
  const expectedTop = axisHeight + 22;
  const bansTop = expectedTop + calendar.expected.length * rowHeight + groupGap;
  const height = bansTop + bans.length * rowHeight + (calendar.nextSession === undefined ? 6 : groupGap);
  const counts = `${calendar.expected.length} normal signs, ${bans.length} things that wait`;
  const words = `Healing calendar over ${lastDay} days: ${counts}`;
  return (
    <svg
      class="healing"
      width={width}
      height={height}
      role="img"
      aria-label={`${words}. The table below says the same.`}
    >
      <defs>
        <linearGradient id="undated" class="open-ended">
          <stop offset="0.7" />
          <stop offset="1" stop-opacity="0" />
        </linearGradient>
      </defs>
      <Axis scale={scale} height={height} texts={texts} calendar={calendar} />
      <text class="group" x={0} y={expectedTop - 6}>
        Normal
      </text>
      {calendar.expected.map((sign, index) => {
        const y = expectedTop + index * rowHeight;
        return (
          <g key={sign.key}>
            <Label y={y} words={sign.label} />
            <Bar scale={scale} y={y} from={sign.fromHours} to={sign.toHours} kind="expected" />
          </g>
        );
      })}
      <text class="group" x={0} y={bansTop - 6}>
        Has to wait
      </text>
      {bans.map((ban, index) => (
        <Ban
          key={ban.item}
          ban={ban}
          previous={bans[index - 1]}
          y={bansTop + index * rowHeight}
          scale={scale}
        />
      ))}
      <Now scale={scale} height={height} hours={nowHours} />
    </svg>
  );
}

function Axis(props: Pick<Props, 'texts' | 'calendar'> & { readonly scale: Scale; readonly height: number }) {
  const { scale, height, texts, calendar } = props;
  const next = calendar.nextSession;
  return (
    <g class="axis">
      {[0, 7, 14, 21, 28].map((day) => (
        <g key={day}>
          <line x1={scale.at(day * 24)} x2={scale.at(day * 24)} y1={axisHeight - 6} y2={height} />
          <text x={scale.at(day * 24)} y={axisHeight - 12} text-anchor={day === lastDay ? 'end' : 'middle'}>
            {day === 0 ? 'Day 0' : day}
          </text>
        </g>
      ))}
      {texts.map(({ day, hours }) => (
        <g key={day} class="text-mark">
          <line x1={scale.at(hours)} x2={scale.at(hours)} y1={axisHeight - 6} y2={height} />
          <path d={envelope(scale.at(hours), 7)}>
            <title>{`Text of day ${day}`}</title>
          </path>
        </g>
      ))}
      {next !== undefined && (
        <>
          <Label y={height - rowHeight} words="Next session" />
          <text class="next" x={scale.at(next.notBeforeDay * 24)} y={height - 7} text-anchor="end">
            {`not before day ${next.notBeforeDay}, usually day ${next.usualDay} ▸`}
          </text>
        </>
      )}
    </g>
  );
}

/** A small envelope centred on x. */
const envelope = (x: number, y: number): string => `M${x - 6} ${y}h12v9h-12zM${x - 6} ${y}l6 5l6 -5`;

function Label({ y, words }: { readonly y: number; readonly words: string }) {
  return (
    <text class="label" x={0} y={y + 13}>
      {words}
    </text>
  );
}

function Bar(props: {
  readonly scale: Scale;
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly kind: string;
}) {
  const x = props.scale.at(props.from);
  const width = Math.max(3, props.scale.at(props.to) - x);
  const fill = props.kind === 'undated' ? { fill: 'url(#undated)' } : {};
  return <rect class={props.kind} x={x} y={props.y + 4} width={width} height={barHeight} rx={5} {...fill} />;
}

/** The bar of one item; its end says the date, once for each step. Without a date it fades out. */
function Ban(props: {
  readonly ban: CalendarBan;
  readonly previous: CalendarBan | undefined;
  readonly y: number;
  readonly scale: Scale;
}) {
  const { ban, previous, y, scale } = props;
  const undated = ban.untilHours === null;
  const hours = ban.untilHours ?? fadesAtDay * 24;
  const isStep = previous === undefined || banWords(previous) !== banWords(ban);
  return (
    <g>
      <title>{`${ban.label}: ${banWords(ban)}`}</title>
      <Label y={y} words={ban.label} />
      <Bar scale={scale} y={y} from={0} to={hours} kind={undated ? 'undated' : 'ban'} />
      {isStep && (
        <text class="until" x={scale.at(hours) + 8} y={y + 13}>
          {banWords(ban, scale.narrow)}
        </text>
      )}
    </g>
  );
}

function Now(props: { readonly scale: Scale; readonly height: number; readonly hours: number }) {
  if (props.hours < 0 || props.hours > lastDay * 24) return null;
  const x = props.scale.at(props.hours);
  return (
    <g class="now-mark">
      <line x1={x} x2={x} y1={axisHeight - 6} y2={props.height} />
      <circle cx={x} cy={axisHeight - 6} r={4} />
      <title>Now</title>
    </g>
  );
}
