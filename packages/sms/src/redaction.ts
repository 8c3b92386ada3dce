const HIDDEN = '[redacted]';
const MAX_DEPTH = 8;
const MAX_ITEMS = 100;

// Compared without case, `-` and `_`. Names of people, numbers, texts, secrets and whole requests.
const HIDDEN_KEYS: ReadonlySet<string> = new Set(
  [
    'body text rawbody message_body payload form twiml reply words evidence',
    'phone from to number e164 contactphone callerid',
    'firstname lastname fullname name displayname guardian practitioner patientname',
    'authorization cookie setcookie signature xtwiliosignature webhooksignature headers',
    'secret secrets webhooksecret token authtoken twilioauthtoken password',
    'apikey apisecret keybytes credentials',
    'mediaurl statuscallback url querystring rawquerystring config request response params data',
  ]
    .join(' ')
    .split(' ')
    .map(plainKey),
);

const HIDDEN_PATTERNS: readonly RegExp[] = [
  /(?<![\w-])\+?1?[ .-]?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\w-])/g,
  /\+[1-9]\d{6,14}\b/g,
  /(?:%2[bB])1?\d{10}\b/g,
  /\bwhsec_[A-Za-z0-9+/=_-]+/g,
  /\b(?:Basic|Bearer)\s+[A-Za-z0-9+/=._-]+/g,
  /\bSK[0-9a-f]{32}\b/g,
  /[\w.+-]+@[\w-]+\.[\w.-]+/g,
];

/**
 * A copy that may be logged: values under telling keys and anything shaped like a phone number, an e-mail
 * address or a secret become `[redacted]`; errors keep name, code and cleaned message, never their request (a
 * timed-out Twilio call carries the whole form and the credentials). Cycles, depth and length are bounded.
 * Plain data comes back as plain data.
 */
export function redact(value: unknown): unknown {
  return copy(value, 0, new Set());
}

/** Cleans one text: phone numbers, e-mail addresses and secrets inside it become `[redacted]`. */
export function redactText(text: string): string {
  return HIDDEN_PATTERNS.reduce((cleaned, pattern) => cleaned.replace(pattern, HIDDEN), text);
}

function copy(value: unknown, depth: number, above: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return redactNumber(value);
  if (typeof value === 'bigint') return redactText(value.toString());
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return `[${typeof value}]`;
  if (above.has(value)) return '[cycle]';
  if (depth >= MAX_DEPTH) return '[too deep]';
  return copyObject(value, depth, new Set([...above, value]));
}

function redactNumber(value: number): number | string {
  return Number.isInteger(value) && /^1?[2-9]\d{9}$/.test(String(value)) ? HIDDEN : value;
}

function copyObject(value: object, depth: number, above: ReadonlySet<object>): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => copy(item, depth + 1, above));
  if (value instanceof Set) return copyObject([...value], depth, above);
  if (value instanceof Map)
    return copyEntries(
      [...value].map(([key, item]) => [String(key), item]),
      depth,
      above,
    );
  if (value instanceof Error) return copyError(value, depth, above);
  return copyEntries(Object.entries(value), depth, above);
}

function copyError(error: Error, depth: number, above: ReadonlySet<object>): unknown {
  const code: unknown = 'code' in error ? error.code : undefined;
  const status: unknown = 'status' in error ? error.status : undefined;
  return {
    name: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: copy(error.cause, depth + 1, above) }),
  };
}

function copyEntries(
  entries: readonly [string, unknown][],
  depth: number,
  above: ReadonlySet<object>,
): unknown {
  return Object.fromEntries(
    entries
      .slice(0, MAX_ITEMS)
      .map(([key, item]) => [redactText(key), hides(key, item) ? HIDDEN : copy(item, depth + 1, above)]),
  );
}

function hides(key: string, item: unknown): boolean {
  return HIDDEN_KEYS.has(plainKey(key)) && item !== null && item !== undefined && typeof item !== 'boolean';
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}
