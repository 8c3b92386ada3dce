import type { App } from 'aws-cdk-lib';
import type { Traffic } from './capacity-plan.ts';

export type Stage = 'dev' | 'prod';

/** What a deployment is told by context (`cdk.json` or `-c name=value`). */
export type DeploymentSettings = {
  readonly stage: Stage;
  /** One independent deployment each: a clinic lives in one region. */
  readonly regions: readonly string[];
  /** `https://…` as configured at Twilio; the API's own address when left out. */
  readonly publicBaseUrl: string | undefined;
  /** An ACM certificate for the host of `publicBaseUrl`, in the same region: the API gets that domain. */
  readonly certificateArn: string | undefined;
  readonly alarmEmail: string | undefined;
  /** Where the runbook can be read, up to the `#`. */
  readonly runbookUrl: string;
  /** Only for prod, and only after the deploy guide's check of the account's concurrency limit. */
  readonly reserveConcurrency: boolean;
  /**
   * Reminders handed to Twilio at once: the valve in front of its queue (docs/scale.md). Lambda takes 2 to
   * 1,000 (API reference, ScalingConfig).
   */
  readonly sendConcurrency: number;
  /** What the table's provisioned capacity is planned for; `undefined`: it is billed on demand. */
  readonly provisionedFor: Traffic | undefined;
  /** X-Ray: a trace for the first call of a second and for 5 % of the others, each of which is paid for. */
  readonly tracing: boolean;
  /** When set, nobody else is ever texted (a trial deployment). Comma-separated. */
  readonly liveAllowedNumbers: string | undefined;
};

/** Throws one sentence for a context that names no deployment. */
export function readSettings(app: App): DeploymentSettings {
  const text = (name: string): string | undefined => {
    const value: unknown = app.node.tryGetContext(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const stage = text('stage') ?? 'dev';
  if (stage !== 'dev' && stage !== 'prod') throw new Error(`stage is dev or prod, not ${stage}`);
  const regions = (text('regions') ?? 'us-east-1').split(',').map((region) => region.trim());
  const publicBaseUrl = text('publicBaseUrl');
  if (publicBaseUrl !== undefined && !/^https:\/\/[a-z0-9.-]+$/.test(publicBaseUrl)) {
    throw new Error('publicBaseUrl is https:// and a host name, without path, slash or underscore');
  }
  const certificateArn = text('certificateArn');
  if (certificateArn !== undefined && publicBaseUrl === undefined) {
    throw new Error('certificateArn needs publicBaseUrl, whose host it is for');
  }
  return {
    stage,
    certificateArn,
    regions,
    publicBaseUrl,
    alarmEmail: text('alarmEmail'),
    runbookUrl: text('runbookUrl') ?? 'docs/runbook.md',
    reserveConcurrency: stage === 'prod' && text('reserveConcurrency') === 'true',
    sendConcurrency: readWhole('sendConcurrency', text('sendConcurrency') ?? '10', 2, 1000),
    provisionedFor: readCapacity(text),
    tracing: readTracing(text('tracing') ?? 'on'),
    liveAllowedNumbers: text('liveAllowedNumbers'),
  };
}

function readTracing(value: string): boolean {
  if (value === 'on' || value === 'off') return value === 'on';
  throw new Error(`tracing is on or off, not ${value}`);
}

/** `tableCapacity` is `onDemand` (when left out) or `provisioned`, which needs `sessionsPerMonth`. */
function readCapacity(text: (name: string) => string | undefined): Traffic | undefined {
  const mode = text('tableCapacity') ?? 'onDemand';
  if (mode === 'onDemand') return undefined;
  if (mode !== 'provisioned') throw new Error(`tableCapacity is onDemand or provisioned, not ${mode}`);
  return {
    sessionsPerMonth: readWhole('sessionsPerMonth', text('sessionsPerMonth'), 100_000, 100_000_000),
    spreadMinutes: readWhole('spreadMinutes', text('spreadMinutes') ?? '60', 60, 600),
  };
}

function readWhole(name: string, value: string | undefined, least: number, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Error(`${name} is a whole number from ${least} to ${most}, not ${value ?? 'left out'}`);
}
