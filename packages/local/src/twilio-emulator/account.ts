/** One number of the emulated account. URLs may end in connection overrides. */
export type AccountNumber = {
  readonly inboundUrl: string;
  readonly fallbackUrl?: string;
  /** What Twilio itself answers to STOP, START and HELP: configured at Twilio, in the clinic's words. */
  readonly keywordAnswers: { readonly stop: string; readonly start: string; readonly help: string };
};

/** The emulated account: credentials and what is configured at Twilio. */
export type TwilioAccount = {
  readonly accountSid: string;
  /** Primary first: webhooks are signed with it. All are accepted for the API. */
  readonly authTokens: readonly string[];
  readonly apiKeys?: readonly { readonly sid: string; readonly secret: string }[];
  readonly numbers: () => ReadonlyMap<string, AccountNumber>;
  /** Messaging services by `MG…` sid; a text without sender leaves from the first number. */
  readonly services?: ReadonlyMap<string, readonly string[]>;
  /** Inbound keyword webhooks carry OptOutType only with Advanced Opt-Out. */
  readonly advancedOptOut: boolean;
};

/** Basic credentials as `user:password`, or undefined. */
export function basicCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  return colon < 0 ? undefined : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

export function isAuthenticated(account: TwilioAccount, header: string | undefined): boolean {
  const given = basicCredentials(header);
  if (given === undefined) return false;
  if (given.user === account.accountSid) return account.authTokens.includes(given.password);
  return (account.apiKeys ?? []).some((key) => key.sid === given.user && key.secret === given.password);
}
