import type { Problem } from '@aftercare/contract/problem';
import { AREAS, DEVICES, FLAGS, SKIN_TYPES } from '@aftercare/protocol/session';
import { epochMs, parseInstant } from '@aftercare/time/instant';
import { parseLocalDate } from '@aftercare/time/local-date';
import { instantAt, localDateTimeOf } from '@aftercare/time/zone';
import { zoneLabel } from './moments.ts';
import type { SessionDraft } from './samples.ts';
import { plainWords } from './words.ts';

type Errors = NonNullable<Problem['errors']>;

type Props = {
  readonly draft: SessionDraft;
  readonly errors: Errors;
  readonly onChange: (draft: SessionDraft) => void;
};

const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
];

/** The fields that a clinic fills in most; everything else is in the JSON view. */
export function SessionFields(props: Props) {
  return (
    <div class="fields">
      <PatientFields {...props} />
      <TreatmentFields {...props} />
      <details>
        <summary>Skin, history, wishes</summary>
        <HistoryFields {...props} />
      </details>
    </div>
  );
}

function PatientFields({ draft, errors, onChange }: Props) {
  const { patient } = draft;
  const change = (part: Partial<SessionDraft['patient']>): void =>
    onChange({ ...draft, patient: { ...patient, ...part } });
  return (
    <div class="grid">
      <Text
        label="First name"
        path="patient.firstName"
        value={patient.firstName}
        errors={errors}
        onInput={(firstName) => change({ firstName })}
      />
      <Text
        label="Phone"
        path="patient.phone"
        type="tel"
        value={patient.phone}
        errors={errors}
        onInput={(phone) => change({ phone })}
      />
      <Choice
        label="Language"
        value={patient.language ?? 'en'}
        options={[
          ['en', 'English'],
          ['es', 'Spanish'],
        ]}
        onChange={(language) => change({ language })}
      />
      <Choice
        label="Time zone"
        value={patient.timeZone ?? zones[0] ?? 'UTC'}
        options={[...new Set([...zones, patient.timeZone ?? 'America/New_York'])].map((zone) => [
          zone,
          zoneLabel(zone),
        ])}
        onChange={(timeZone) => change({ timeZone })}
      />
    </div>
  );
}

function TreatmentFields({ draft, errors, onChange }: Props) {
  const { treatment } = draft;
  const timeZone = draft.patient.timeZone ?? 'America/New_York';
  const change = (part: Partial<SessionDraft['treatment']>): void =>
    onChange({ ...draft, treatment: { ...treatment, ...part } });
  const depth = typeof treatment.needleDepthMm === 'number' ? String(treatment.needleDepthMm) : '';
  return (
    <>
      <div class="grid">
        <Choice
          label="Device"
          value={treatment.device ?? ''}
          options={[...DEVICES.map((device): [string, string] => [device, device]), ['', 'not known']]}
          onChange={(device) => change({ device: DEVICES.find((known) => known === device) ?? null })}
        />
        <Text
          label="Depth in mm"
          path="treatment.needleDepthMm"
          type="number"
          value={depth}
          errors={errors}
          onInput={(text) => change({ needleDepthMm: text === '' ? null : Number(text) })}
        />
        <Text
          label="Ended, patient’s time"
          path="treatment.endedAt"
          type="datetime-local"
          value={localValue(treatment.endedAt, timeZone)}
          errors={errors}
          onInput={(text) => change({ endedAt: instantOf(text, timeZone) ?? treatment.endedAt })}
        />
        <Text
          label="Session id"
          path="sessionId"
          value={draft.sessionId}
          errors={errors}
          onInput={(sessionId) => onChange({ ...draft, sessionId })}
        />
      </div>
      <Chips label="Areas" options={AREAS} chosen={treatment.areas} onChange={(areas) => change({ areas })} />
    </>
  );
}

function HistoryFields({ draft, errors, onChange }: Props) {
  const { patient, overrides } = draft;
  const day3 = overrides?.extraAdvice?.['3'] ?? '';
  return (
    <>
      <div class="grid">
        <Choice
          label="Skin"
          value={patient.skinType ?? ''}
          options={[['', 'not said'], ...SKIN_TYPES.map((skin): [string, string] => [skin, skin])]}
          onChange={(chosen) => {
            const { skinType: _before, ...rest } = patient;
            const skinType = SKIN_TYPES.find((known) => known === chosen);
            onChange({ ...draft, patient: skinType === undefined ? rest : { ...rest, skinType } });
          }}
        />
        <Text
          label="Texts at (local)"
          path="overrides.reminderTime"
          type="time"
          value={overrides?.reminderTime ?? ''}
          errors={errors}
          onInput={(reminderTime) => {
            const { reminderTime: _before, ...rest } = overrides ?? {};
            onChange({ ...draft, overrides: reminderTime === '' ? rest : { ...rest, reminderTime } });
          }}
        />
      </div>
      <Text
        label="The clinic’s own line on day 3 (60 characters)"
        path="overrides.extraAdvice.3"
        value={day3}
        errors={errors}
        onInput={(line) => {
          const { extraAdvice, ...rest } = overrides ?? {};
          const { '3': _before, ...others } = extraAdvice ?? {};
          const lines = line === '' ? others : { ...others, '3': line };
          onChange({ ...draft, overrides: { ...rest, extraAdvice: lines } });
        }}
      />
      <Chips
        label="History"
        options={FLAGS}
        chosen={patient.flags ?? []}
        onChange={(flags) => onChange({ ...draft, patient: { ...patient, flags } })}
      />
    </>
  );
}

const inputKinds = {
  text: { type: 'text' },
  tel: { type: 'tel' },
  time: { type: 'time' },
  number: { type: 'number', step: '0.05' },
  'datetime-local': { type: 'datetime-local' },
} as const;

type TextProps = {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly errors: Errors;
  readonly type?: keyof typeof inputKinds;
  readonly onInput: (value: string) => void;
};

function Text({ label, path, value, errors, type = 'text', onInput }: TextProps) {
  const error = errors.find((candidate) => candidate.path === path);
  return (
    <label class="field">
      {label}
      <input
        {...inputKinds[type]}
        value={value}
        aria-invalid={error === undefined ? undefined : 'true'}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {error !== undefined && <small class="error">{error.message}</small>}
    </label>
  );
}

function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label class="field">
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Chips<Name extends string>(props: {
  readonly label: string;
  readonly options: readonly Name[];
  readonly chosen: readonly Name[];
  readonly onChange: (chosen: Name[]) => void;
}) {
  const { options, chosen } = props;
  const toggled = (name: Name): Name[] =>
    options.filter((option) => (option === name ? !chosen.includes(name) : chosen.includes(option)));
  return (
    <fieldset class="chips">
      <legend>{props.label}</legend>
      {options.map((name) => (
        <label key={name} class="chip">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={() => props.onChange(toggled(name))}
          />
          {plainWords(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))}
        </label>
      ))}
    </fieldset>
  );
}

function localValue(text: string, timeZone: string): string {
  const at = parseInstant(text);
  return at === undefined ? '' : localDateTimeOf(at, timeZone);
}

/** The instant of a wall time in the patient's zone; undefined while it is being typed. */
function instantOf(text: string, timeZone: string): string | undefined {
  const [date = '', time = ''] = text.split('T');
  const on = parseLocalDate(date);
  if (on === undefined || !/^\d\d:\d\d/.test(time)) return undefined;
  const at = instantAt(on, time.slice(0, 5), timeZone);
  return Number.isNaN(epochMs(at)) ? undefined : at;
}
