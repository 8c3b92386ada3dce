/**
 * List prices in USD, us-east-1, without free tiers, November 2026. Where they come from stands beside each;
 * check before budgeting.
 */
export const prices = {
  /** HTTP API, per call (aws.amazon.com/api-gateway/pricing, first 300 million a month). */
  httpCall: 1e-6,
  /** Lambda on arm64 (aws.amazon.com/lambda/pricing). INIT is billed like the rest since August 2025. */
  invocation: 0.2e-6,
  gigabyteSecond: 0.000_013_333_4,
  /** DynamoDB on demand (aws.amazon.com/dynamodb/pricing/on-demand). */
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  /**
   * DynamoDB provisioned, standard table class, per unit and hour
   * (aws.amazon.com/dynamodb/pricing/provisioned; the cut of November 2024 was for on demand only).
   */
  writeUnitHour: 0.000_65,
  readUnitHour: 0.000_13,
  /** DynamoDB per gigabyte and month: the rows, and their continuous backup (point-in-time recovery). */
  storedGigabyteMonth: 0.25,
  backedUpGigabyteMonth: 0.2,
  /** EventBridge Scheduler, per firing; creating and deleting is free. */
  firing: 1e-6,
  /** SQS standard, per request of up to 64 KB. */
  queueRequest: 0.4e-6,
  /** CloudWatch Logs, per gigabyte taken in, standard class. */
  logGigabyte: 0.5,
  /** CloudWatch Logs, per gigabyte and month kept, compressed. */
  keptLogGigabyteMonth: 0.03,
  /** X-Ray, per trace recorded. */
  trace: 5e-6,
  /** Out of AWS to Twilio and to clinics, per gigabyte (first 10 TB a month). */
  gigabyteOut: 0.09,
  /**
   * KMS, per request with a customer-managed key. It does not grow with traffic: keys are reused for an hour.
   */
  keyRequest: 0.03 / 10_000,
  /** Step Functions standard, per state transition (aws.amazon.com/step-functions/pricing). */
  transition: 0.025 / 1000,
  /** Twilio, US long code: list price and a typical carrier fee per segment out; per segment in. */
  segmentOut: 0.0083 + 0.0035,
  segmentIn: 0.0083,
} as const;

/** Fixed each month, whatever the traffic. Alarms and metrics as synthesised (infra/lib). */
export const fixedPrices = {
  /** One customer-managed key. */
  key: 1,
  secret: 0.4,
  alarm: 0.1,
  customMetric: 0.3,
  phoneNumber: 1.15,
} as const;

/**
 * What no count can tell: how long a call takes inside AWS. Milliseconds, typical of one region, warm
 * connections (reference values; a deployment's own traces replace them).
 */
export const latencyMs = {
  table: 6,
  transaction: 14,
  schedule: 35,
  queue: 10,
  carrier: 180,
  webhook: 250,
  /** Our own code and the SDK's, per invocation, on the vCPU share that 512 MB has. */
  ownWork: 25,
} as const;

/** Memory of each function (infra/lib/service-function.ts). */
export const functionGigabytes = 0.5;
/** What a cold start bills, in ms: loading, initialising, first TLS connections (reference: 450). */
export const coldStartMs = 450;
/** A container that idles this long is gone; AWS promises nothing, observers report five to fifteen. */
export const idleContainerMinutes = 7;
/** Even a busy function meets some: new concurrency, replaced hosts. */
export const leastColdShare = 0.005;
/** Traffic falls into the hours in which patients and clinics are awake, over all time zones. */
export const busyMinutesPerMonth = 30 * 13 * 60;
/**
 * One line of the API's access log: its format (infra/lib/http-front.ts) filled in, and 26 bytes beside it.
 */
export const accessLogBytes = 270;
/** Kept logs are billed compressed; CloudWatch's own examples take 15 %. */
export const logCompression = 0.15;
export const logMonths = 3;
/** X-Ray records the first call of a second and this share of the others; Lambda's rate cannot be set. */
export const tracedShare = 0.05;
/** Bytes that leave AWS: a request to Twilio or to a clinic, an answer of the API; with headers and TLS. */
export const bytesOut = { request: 2000, answer: 500 } as const;
/** Months that a session's rows are kept (sessionRetentionSeconds: 400 days). */
export const retentionMonths = 400 / 30;
/** Lambda's pollers ask for messages in batches; sending, receiving and deleting are one request each. */
export const requestsPerMessage = 3;
/** SQS asks KMS once per queue, caller and hour (infra/lib/durable-queue.ts), however many messages pass. */
export const keyRequestsPerMonth = 6 * 3 * 24 * 30;

/** As synthesised (infra/lib): metrics that alarms watch, each of which is billed; our own; the rate. */
export const alarms = 60;
export const customMetrics = 45;
/** Four alarms for each of the four policies that follow consumption, and two of our own. */
export const scalingAlarms = 18;
export const sweepEveryMinutes = 5;
/** Five queues with a consumer, five long polls each, three a minute. */
export const idlePollsPerMonth = 5 * 5 * 3 * 60 * 24 * 30;
