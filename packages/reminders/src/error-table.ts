/**
 * `later_once`: one new text, that many hours later, under all limits. `backoff`: it was never processed; try
 * again.
 */
export type RetryRule =
  | { kind: 'none' }
  | { kind: 'backoff' }
  | { kind: 'later_once'; minHours: number; maxHours: number };

/**
 * One line of Twilio's error table as we act on it. Absent: no retry, number kept, sender goes on, no alert.
 */
export type ErrorRow = {
  codes: readonly number[];
  errorClass:
    | 'config'
    | 'transient_not_processed'
    | 'ambiguous'
    | 'permanent_number'
    | 'permanent_text'
    | 'soft_retry'
    | 'throttle_next_day'
    | 'opted_out'
    | 'expired'
    | 'bug'
    | 'info';
  retry?: RetryRule;
  number?: 'unusable' | 'opted_out';
  stopsSender?: boolean;
  alertsOperator?: boolean;
  operatorText: string;
  clinicText: string;
};

const notYours = 'A technical problem on our side kept this text from going. The operator has been told.';
const badNumber = 'This number cannot receive texts. Please call the patient and ask for a mobile number.';
const phoneTrouble = 'The phone could not be reached, for example because it was off or without signal.';

/**
 * https://www.twilio.com/docs/api/errors, read 2026-11 (dated pages 2024 to 2026, else the catalogue of
 * 2023). What is not listed here is permanent and counted. `later_once` hours follow the pages' own advice.
 */
export const errorRows: readonly ErrorRow[] = [
  {
    codes: [401, 20_003, 20_005, 90_010, 30_002, 30_037],
    errorClass: 'config',
    stopsSender: true,
    alertsOperator: true,
    operatorText: 'Twilio refuses the account: credentials, suspension or closure. All sending is stopped.',
    clinicText: notYours,
  },
  {
    codes: [404, 20_404],
    errorClass: 'config',
    alertsOperator: true,
    operatorText: 'Twilio does not know the account or service that we address.',
    clinicText: notYours,
  },
  {
    codes: [429, 20_429],
    errorClass: 'transient_not_processed',
    retry: { kind: 'backoff' },
    operatorText: 'Too many requests at once; Twilio never processed it, so it is sent again.',
    clinicText: 'The text waits for a moment because many are being sent.',
  },
  {
    codes: [500, 503, 20_500, 20_503],
    errorClass: 'ambiguous',
    operatorText:
      'Twilio failed after it may have taken the text; settled by receipt or listing, not repeated.',
    clinicText: 'It is being checked whether this text went out.',
  },
  {
    codes: [21_211, 21_614, 21_635, 21_612],
    errorClass: 'permanent_number',
    number: 'unusable',
    operatorText: 'The number is invalid, a landline, or cannot be routed to.',
    clinicText: badNumber,
  },
  {
    codes: [21_606, 21_212],
    errorClass: 'config',
    stopsSender: true,
    alertsOperator: true,
    operatorText: "The clinic's sending number is not valid or cannot send texts.",
    clinicText: notYours,
  },
  {
    codes: [21_408],
    errorClass: 'permanent_number',
    number: 'unusable',
    alertsOperator: true,
    operatorText: 'Sending to that country is not enabled; intake should have refused the number.',
    clinicText: badNumber,
  },
  {
    codes: [
      21_602, 21_603, 21_604, 21_617, 21_619, 21_624, 21_654, 21_656, 30_029, 30_030, 35_114, 35_115, 35_116,
      35_117, 35_118,
    ],
    errorClass: 'bug',
    alertsOperator: true,
    operatorText: 'We sent a request that Twilio cannot accept: a fault in this software. Not repeated.',
    clinicText: notYours,
  },
  {
    codes: [21_608],
    errorClass: 'config',
    alertsOperator: true,
    operatorText: 'A Twilio trial account sends to verified numbers only.',
    clinicText: notYours,
  },
  {
    codes: [21_610],
    errorClass: 'opted_out',
    number: 'opted_out',
    operatorText: 'The carrier has this number on its stop list; recorded as an opt-out.',
    clinicText: 'The patient has asked for no more texts. Only the patient can undo this, by texting START.',
  },
  {
    codes: [21_611],
    errorClass: 'transient_not_processed',
    retry: { kind: 'backoff' },
    alertsOperator: true,
    operatorText: "The sending number's queue at Twilio is full: more than ten hours of texts wait.",
    clinicText: 'The text waits because many are being sent.',
  },
  {
    codes: [30_001],
    errorClass: 'soft_retry',
    retry: { kind: 'later_once', minHours: 0.25, maxHours: 2 },
    operatorText: "The text waited too long in Twilio's queue and was not sent.",
    clinicText: 'The text was held up and will be tried once more today if there is time.',
  },
  {
    codes: [30_003],
    errorClass: 'soft_retry',
    retry: { kind: 'later_once', minHours: 1, maxHours: 4 },
    operatorText: 'The handset was unreachable.',
    clinicText: `${phoneTrouble} It is tried once more today if there is time.`,
  },
  {
    codes: [30_004],
    errorClass: 'permanent_number',
    number: 'unusable',
    operatorText: 'The recipient or the carrier blocks texts from this sender.',
    clinicText: 'The phone or its carrier blocks our texts. Please call the patient.',
  },
  {
    codes: [30_005, 30_006],
    errorClass: 'permanent_number',
    number: 'unusable',
    operatorText: 'Unknown destination, or a landline or carrier that cannot be reached by text.',
    clinicText: badNumber,
  },
  {
    codes: [30_007],
    errorClass: 'permanent_text',
    operatorText:
      'Filtered as unwanted. Above 2 % of texts this is systemic: compare with the registered samples.',
    clinicText: 'The carrier filtered this text. Please call the patient.',
  },
  {
    codes: [30_008, 30_017, 30_500],
    errorClass: 'soft_retry',
    retry: { kind: 'later_once', minHours: 1, maxHours: 3 },
    operatorText: 'The carrier failed without a reason, was congested, or Twilio had an internal fault.',
    clinicText: 'The carrier had a problem. The text is tried once more today if there is time.',
  },
  {
    codes: [30_022],
    errorClass: 'soft_retry',
    retry: { kind: 'later_once', minHours: 1, maxHours: 2 },
    operatorText: "The campaign's rate was exceeded: raise spreadMinutes.",
    clinicText: 'Too many texts at once. It is tried once more today if there is time.',
  },
  {
    codes: [30_023, 30_027, 30_454, 63_038],
    errorClass: 'throttle_next_day',
    alertsOperator: true,
    operatorText: 'The daily limit of the brand or the account is used up; it resets at midnight Pacific.',
    clinicText: "Today's limit of texts is used up. The operator has been told.",
  },
  {
    codes: [30_024, 30_034, 30_035, 30_032, 30_040, 30_042],
    errorClass: 'config',
    stopsSender: true,
    alertsOperator: true,
    operatorText:
      'The sending number is not registered or not verified for texts to the US. Its sending is stopped.',
    clinicText: notYours,
  },
  {
    codes: [30_036],
    errorClass: 'expired',
    retry: { kind: 'later_once', minHours: 0, maxHours: 0.5 },
    operatorText: 'The text ran past its validity period before the carrier took it.',
    clinicText: 'The text was held up until it was too late, so it was withdrawn.',
  },
  {
    codes: [30_410],
    errorClass: 'ambiguous',
    operatorText: 'The carrier timed out and may have delivered it; never repeated, to avoid a double text.',
    clinicText: 'It is not known whether this text arrived. It is not repeated.',
  },
  {
    codes: [30_450, 30_453, 30_485],
    errorClass: 'soft_retry',
    retry: { kind: 'later_once', minHours: 0.75, maxHours: 2 },
    alertsOperator: true,
    operatorText: "Twilio's fraud protection blocked the destination for a while.",
    clinicText: 'The text was blocked for a while. It is tried once more today if there is time.',
  },
  {
    codes: [30_610, 30_047],
    errorClass: 'bug',
    alertsOperator: true,
    operatorText: 'Twilio judged the text to fall into quiet hours: check clock, zone and window at once.',
    clinicText: notYours,
  },
  {
    codes: [30_039],
    errorClass: 'info',
    operatorText: 'An inbound text was judged to come from a machine.',
    clinicText: 'A text from this number looked automatic.',
  },
  {
    codes: [14_107],
    errorClass: 'bug',
    alertsOperator: true,
    operatorText:
      'Two numbers answer each other without end: the loop caps failed. The number is to be muted.',
    clinicText: notYours,
  },
  {
    codes: [11_200, 11_205, 12_100, 12_200, 12_300, 57_012],
    errorClass: 'config',
    alertsOperator: true,
    operatorText: 'Twilio cannot use our webhook: patients who text are talking to nobody. Act at once.',
    clinicText: notYours,
  },
];
