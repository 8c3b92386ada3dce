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
  /** EventBridge Scheduler, per firing; creating and deleting is free. */
  firing: 1e-6,
  /** SQS standard, per request of up to 64 KB. */
  queueRequest: 0.4e-6,
  /** CloudWatch Logs, per gigabyte taken in, standard class. */
  logGigabyte: 0.5,
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
/** START, END and REPORT of one invocation, and the 26 bytes that CloudWatch adds to each line. */
export const platformLogBytes = 390;
/** Lambda's pollers ask for messages in batches; sending, receiving and deleting are one request each. */
export const requestsPerMessage = 3;
/** SQS asks KMS once per queue, caller and hour (infra/lib/durable-queue.ts), however many messages pass. */
export const keyRequestsPerMonth = 6 * 3 * 24 * 30;

/** As synthesised (infra/lib): alarms, metrics that our own code names, the sweep's rate. */
export const alarms = 40;
export const customMetrics = 45;
export const sweepEveryMinutes = 5;
/** Five queues with a consumer, five long polls each, three a minute. */
export const idlePollsPerMonth = 5 * 5 * 3 * 60 * 24 * 30;
