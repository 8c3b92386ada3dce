import { type Instant, instantFromEpochMs, secondsBetween } from '@aftercare/time/instant';
import type { ListedMessage, Secrets, SendOutcome, Sms, SystemSecrets } from '@aftercare/usecases/ports';
import { createTwilioHttpClient, TransportFailure } from './http-client.ts';
import { type MessageResource, messageResource, refusalOf } from './message-resource.ts';
import { carrierStatusOf } from './status-words.ts';

export type TwilioOptions = {
  readonly secrets: Secrets;
  /** Where Twilio reaches us: status callbacks are asked for under it. */
  readonly publicBaseUrl: string;
  /** The emulator's address; Twilio's own when left out. */
  readonly baseUrl?: string;
  /** Sender pool for texts that name none of their own. */
  readonly messagingServiceSid?: string;
  readonly connectMs?: number;
  /** Two sends must fit into a function's 15 s. */
  readonly totalMs?: number;
};

const listPageSize = 100;
const mostListPages = 50;
/**
 * A text may be listed by when it was sent rather than created: pages go on until they are this much older.
 */
const listMarginSeconds = 86_400;

/**
 * Texts through Twilio's message resource. What cannot be proven to be unprocessed is `unknown`: message
 * creation has no idempotency key (reference twilio-and-sms-rules 1.5), so only 429 and a connection that
 * never stood are `not_processed`. Nothing is retried here, except with the older token when the newest is
 * not accepted (401).
 */
export function createTwilioSms(options: TwilioOptions): Sms {
  const baseUrl = options.baseUrl ?? 'https://api.twilio.com';
  const http = createTwilioHttpClient({
    baseUrl,
    connectMs: options.connectMs ?? 2500,
    totalMs: options.totalMs ?? 6500,
  });

  /** Runs `work` with each active token until one is accepted; a 401 means that nothing was processed. */
  async function withTokens<T>(
    secrets: SystemSecrets,
    work: (messages: MessageResource) => Promise<T>,
  ): Promise<T> {
    const resources = secrets.twilioAuthTokens.map((password) =>
      messageResource(baseUrl, secrets.twilioAccountSid, (call) =>
        http({ user: secrets.twilioAccountSid, password }, call),
      ),
    );
    const last = resources.pop();
    if (last === undefined) throw new Error('no Twilio auth token is configured');
    for (const resource of resources) {
      try {
        return await work(resource);
      } catch (error) {
        if (refusalOf(error)?.httpStatus !== 401) throw error;
      }
    }
    return work(last);
  }

  return {
    async send(text) {
      const secrets = await currentSecrets(options.secrets);
      if (secrets === undefined) return { kind: 'not_processed', code: undefined };
      const serviceSid = text.messagingServiceSid ?? options.messagingServiceSid;
      try {
        const created = await withTokens(secrets, (messages) =>
          messages.create({
            to: text.to,
            from: text.from,
            body: text.body,
            validityPeriod: text.validityPeriodSeconds,
            statusCallback: statusCallbackUrl(options.publicBaseUrl, text.ref),
            riskCheck: 'disable',
            ...(serviceSid === undefined ? {} : { messagingServiceSid: serviceSid }),
          }),
        );
        return acceptedOutcome(created);
      } catch (error) {
        return failedOutcome(error);
      }
    },
    async list(filter) {
      const secrets = await currentSecrets(options.secrets);
      if (secrets === undefined) return { kind: 'failed', cause: 'no_secrets' };
      try {
        return await withTokens(secrets, (messages) => listAll(messages, filter));
      } catch (error) {
        return { kind: 'failed', cause: causeOf(error) };
      }
    },
  };
}

/** Without secrets nothing can have been sent, which a thrown error would leave open. */
async function currentSecrets(secrets: Secrets): Promise<SystemSecrets | undefined> {
  try {
    return await secrets.current();
  } catch {
    return undefined;
  }
}

/** The reference is opaque (keys.ts `statusRef`); the URL is kept by Twilio, so nothing else goes into it. */
export function statusCallbackUrl(publicBaseUrl: string, ref: string): string {
  return `${publicBaseUrl.replace(/\/$/, '')}/twilio/status?ref=${encodeURIComponent(ref)}`;
}

type ListPage = NonNullable<Awaited<ReturnType<Awaited<ReturnType<MessageResource['page']>>['nextPage']>>>;
type Created = Awaited<ReturnType<MessageResource['create']>>;

function acceptedOutcome(created: Created): SendOutcome {
  if (typeof created.sid !== 'string' || created.sid === '')
    return { kind: 'unknown', cause: 'unreadable_answer' };
  const segments = Number(created.numSegments);
  return {
    kind: 'accepted',
    providerSid: created.sid,
    status: carrierStatusOf(created.status) ?? 'accepted',
    ...(segments > 0 ? { segments } : {}),
  };
}

function failedOutcome(error: unknown): SendOutcome {
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    const { httpStatus, code } = refusal;
    if (httpStatus === 429 || code === 20429) return { kind: 'not_processed', code: code ?? 20429 };
    const refused = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
    return refused
      ? { kind: 'rejected', code, httpStatus }
      : { kind: 'unknown', cause: `http_${httpStatus}` };
  }
  if (error instanceof TransportFailure && error.processed === 'no')
    return { kind: 'not_processed', code: undefined };
  return { kind: 'unknown', cause: causeOf(error) };
}

/** A short word for the log. The error itself may quote the request, so it goes no further. */
function causeOf(error: unknown): string {
  if (error instanceof TransportFailure) return error.reason;
  const refusal = refusalOf(error);
  if (refusal !== undefined)
    return `http_${refusal.httpStatus}${refusal.code === undefined ? '' : `_${refusal.code}`}`;
  if (error instanceof SyntaxError) return 'unreadable_answer';
  return 'unexpected';
}

/**
 * Newest first, by number only: a filter on DateSent would hide texts that Twilio accepted and has not sent
 * yet, and a text missing from the list may be sent a second time. Fails rather than answer with a part.
 */
async function listAll(
  messages: MessageResource,
  filter: Parameters<Sms['list']>[0],
): Promise<Awaited<ReturnType<Sms['list']>>> {
  const found: ListedMessage[] = [];
  let page: ListPage = await messages.page({
    pageSize: listPageSize,
    ...(filter.to === undefined ? {} : { to: filter.to }),
    ...(filter.from === undefined ? {} : { from: filter.from }),
  });
  for (let pages = 1; ; pages += 1) {
    const entries = page.instances.map(listedMessage);
    found.push(...entries.filter((entry) => entry.createdAt >= filter.since));
    const reachedOlder = entries.length > 0 && entries.every((entry) => isLongBefore(entry, filter.since));
    if (page.nextPageUrl === undefined || reachedOlder) return { kind: 'listed', messages: found };
    if (pages === mostListPages) return { kind: 'failed', cause: 'too_many_pages' };
    const next = await page.nextPage();
    if (next === undefined) return { kind: 'listed', messages: found };
    page = next;
  }
}

const isLongBefore = (entry: ListedMessage, since: Instant): boolean =>
  secondsBetween(entry.createdAt, since) > listMarginSeconds;

function listedMessage(instance: Created): ListedMessage {
  const inbound = instance.direction === 'inbound';
  return {
    providerSid: instance.sid,
    direction: inbound ? 'inbound' : 'outbound',
    to: instance.to,
    from: instance.from ?? '',
    body: instance.body,
    status: inbound ? 'received' : (carrierStatusOf(instance.status) ?? 'accepted'),
    createdAt: instantFromEpochMs(instance.dateCreated.getTime()),
    ...(typeof instance.errorCode === 'number' ? { errorCode: instance.errorCode } : {}),
  };
}
