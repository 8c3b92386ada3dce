import { type Approval, approval } from '@aftercare/contract/clinic-config';
import { validate } from '@aftercare/contract/validate';
import { holdsProtocol, unknownProtocol } from './bring-protocol.ts';
import { type AdminReach, type ConfigChange, changeConfig } from './clinic-row.ts';

/**
 * Records a clinician's signature under one version in one language (product-rules 1). From then on
 * sessions in that language reach patients; withdrawing it stops them at the next reminder, because sending
 * looks again.
 */
export async function approveContent(
  system: AdminReach,
  clinicId: string,
  given: unknown,
  by: string,
): Promise<ConfigChange> {
  const read = validate(approval, given);
  if (!read.ok) return { kind: 'invalid', errors: read.errors };
  const signed = read.value;
  const words = `${signed.subject} ${signed.id} v${signed.version} (${signed.language})`;
  const happening = { type: 'clinic.approved', text: `${words} was signed; recorded by ${by}.` };
  return changeConfig(system, clinicId, happening, (config) => {
    const isKnown = signed.subject !== 'protocol' || holdsProtocol(config, signed);
    if (!isKnown) return { ok: false, errors: [unknownProtocol('version')] };
    const others = config.approvals.filter((held) => !sameText(held, signed));
    return { ok: true, value: { ...config, approvals: [...others, signed] } };
  });
}

/** Takes a signature back. */
export async function withdrawApproval(
  system: AdminReach,
  clinicId: string,
  which: Pick<Approval, 'subject' | 'id' | 'version' | 'language'>,
  by: string,
): Promise<ConfigChange> {
  const words = `${which.subject} ${which.id} v${which.version} (${which.language})`;
  const happening = {
    type: 'clinic.approval_withdrawn',
    text: `The signature under ${words} was withdrawn by ${by}.`,
  };
  return changeConfig(system, clinicId, happening, (config) => {
    const approvals = config.approvals.filter((held) => !sameText(held, which));
    if (approvals.length < config.approvals.length) return { ok: true, value: { ...config, approvals } };
    const message = `has no signature under ${words}`;
    return { ok: false, errors: [{ path: 'approvals', code: 'not_found', message }] };
  });
}

type SignedText = Pick<Approval, 'subject' | 'id' | 'version' | 'language'>;

const sameText = (a: SignedText, b: SignedText): boolean =>
  a.subject === b.subject && a.id === b.id && a.version === b.version && a.language === b.language;
