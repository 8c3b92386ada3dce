/** What happens to a text after it was accepted. */
export type LaterFate = {
  readonly status: 'delivered' | 'undelivered' | 'failed' | 'sent';
  readonly errorCode?: number;
};

/**
 * How the request that creates a text is answered. `accepted…` texts exist at Twilio whatever the caller
 * hears.
 */
export type CreateFate =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: number; readonly status: number }
  | { readonly kind: 'acceptedButError'; readonly status: number }
  | { readonly kind: 'acceptedButSilent' }
  | { readonly kind: 'acceptedButReset' };

export type CallbackFate = 'normal' | 'none' | 'doubledAndReversed';

export type NumberFate = {
  readonly create: CreateFate;
  readonly later: LaterFate;
  readonly callbacks: CallbackFate;
  /** The fate befalls the first text to this number only; later ones are delivered. */
  readonly firstOnly: boolean;
  readonly meaning: string;
};

const delivered: LaterFate = { status: 'delivered' };
const normal: NumberFate = {
  create: { kind: 'accepted' },
  later: delivered,
  callbacks: 'normal',
  firstOnly: false,
  meaning: 'delivered',
};

const refused = (code: number, meaning: string, status = 400): NumberFate => ({
  ...normal,
  create: { kind: 'refused', code, status },
  meaning,
});
const fails = (status: 'failed' | 'undelivered', errorCode: number, meaning: string): NumberFate => ({
  ...normal,
  later: { status, errorCode },
  meaning,
});

/**
 * Numbers with a fate. The first five are Twilio's own (docs/iam/test-credentials). As no real clinic can
 * enrol them (+1 500 is no US area code), `+1 986 555 01NN` are ours: valid-looking US numbers from the
 * fictional range.
 */
export const magicNumbers: ReadonlyMap<string, NumberFate> = new Map<string, NumberFate>([
  ['+15005550001', refused(21211, 'not a phone number')],
  ['+15005550002', refused(21612, 'cannot be routed')],
  ['+15005550003', refused(21408, 'country not permitted')],
  ['+15005550004', refused(21610, 'opted out at the carrier')],
  ['+15005550009', refused(21614, 'not a mobile number')],
  ['+19865550101', refused(21211, 'not a phone number')],
  ['+19865550104', refused(21614, 'not a mobile number')],
  ['+19865550105', refused(21635, 'a landline')],
  ['+19865550108', refused(21608, 'not verified for a trial account')],
  ['+19865550110', refused(21610, 'opted out at the carrier, without a STOP we saw')],
  ['+19865550111', refused(21611, 'the sender’s queue is full')],
  ['+19865550112', refused(21612, 'cannot be routed')],
  ['+19865550120', refused(20429, 'too many requests, every time', 429)],
  ['+19865550121', { ...refused(20429, 'too many requests, the first time', 429), firstOnly: true }],
  ['+19865550122', refused(20500, 'server error, not accepted', 500)],
  ['+19865550123', refused(20503, 'service unavailable, not accepted', 503)],
  ['+19865550124', refused(20003, 'wrong credentials', 401)],
  [
    '+19865550130',
    { ...normal, create: { kind: 'acceptedButError', status: 500 }, meaning: 'accepted, but answered 500' },
  ],
  [
    '+19865550131',
    { ...normal, create: { kind: 'acceptedButSilent' }, meaning: 'accepted, but never answered' },
  ],
  [
    '+19865550132',
    { ...normal, create: { kind: 'acceptedButReset' }, meaning: 'accepted, then the connection is reset' },
  ],
  [
    '+19865550133',
    {
      ...normal,
      create: { kind: 'acceptedButError', status: 500 },
      callbacks: 'none',
      meaning: 'accepted, answered 500, and no status callback ever: only the list shows it',
    },
  ],
  ['+19865550141', fails('failed', 30001, 'later failed: queue overflow')],
  ['+19865550143', fails('undelivered', 30003, 'later undelivered: handset unreachable')],
  ['+19865550144', fails('undelivered', 30004, 'later undelivered: blocked')],
  ['+19865550145', fails('undelivered', 30005, 'later undelivered: unknown destination')],
  ['+19865550146', fails('undelivered', 30006, 'later undelivered: landline or unreachable carrier')],
  ['+19865550147', fails('undelivered', 30007, 'later undelivered: filtered as unwanted')],
  ['+19865550148', fails('undelivered', 30008, 'later undelivered: unknown error')],
  ['+19865550149', fails('failed', 30410, 'later failed: provider time-out, may have arrived')],
  [
    '+19865550153',
    {
      ...fails('undelivered', 30003, 'the first text undelivered (unreachable), the next delivered'),
      firstOnly: true,
    },
  ],
  ['+19865550160', { ...normal, later: { status: 'sent' }, meaning: 'sent, and no receipt ever' }],
  ['+19865550161', { ...normal, callbacks: 'none', meaning: 'delivered, but no status callback ever' }],
  [
    '+19865550162',
    {
      ...normal,
      callbacks: 'doubledAndReversed',
      meaning: 'delivered, callbacks twice and in the wrong order',
    },
  ],
]);

/** @param earlierTexts how many texts to this number were asked for before */
export function fateOf(to: string, earlierTexts: number): NumberFate {
  const fate = magicNumbers.get(to);
  if (fate === undefined || (fate.firstOnly && earlierTexts > 0)) return normal;
  return fate;
}
