export type Outcome = 'real' | 'false' | 'duplicate' | 'not_reached';

/** What a staff member's text asks for. Without a code it means the one open alert. */
export type StaffCommand =
  | { readonly kind: 'info' | 'ack'; readonly code: string | undefined }
  | { readonly kind: 'done'; readonly code: string | undefined; readonly outcome: Outcome | undefined }
  | { readonly kind: 'list' }
  /** Digits alone: a confirmation code if one is waiting, otherwise ACK of that alert. */
  | { readonly kind: 'bare'; readonly code: string }
  | { readonly kind: 'unreadable' };

const outcomes: readonly (readonly [Outcome, RegExp])[] = [
  ['not_reached', /\b(?:not? ?reached|no ?answer|unreachable|no contesta)\b/],
  ['duplicate', /\b(?:duplicated?|dup)\b/],
  ['false', /\b(?:false|not real|fake)\b/],
  ['real', /\b(?:real|true)\b/],
];

/**
 * Reads INFO/ACK/DONE (product-rules 6). Case, spacing and punctuation do not matter (`ack48213`, `Done
 * 48213: not reached`), nor does the order of word and code.
 */
export function parseStaffCommand(body: string): StaffCommand {
  const plain = body
    .toLowerCase()
    .replaceAll(/(\d)[ -]+(?=\d)/g, '$1')
    .replaceAll(/([a-z])(?=\d)|(\d)(?=[a-z])/g, '$1$2 ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  const code = /\b\d{4,9}\b/.exec(plain)?.[0];
  const verb = /\b(?:info|ack|acknowledged?|acked|done|closed?|list)\b/.exec(plain)?.[0];
  if (verb === undefined)
    return code !== undefined && plain === code ? { kind: 'bare', code } : { kind: 'unreadable' };
  if (verb === 'list') return { kind: 'list' };
  if (verb === 'info') return { kind: 'info', code };
  if (verb.startsWith('ack')) return { kind: 'ack', code };
  return { kind: 'done', code, outcome: outcomes.find(([, words]) => words.test(plain))?.[0] };
}
