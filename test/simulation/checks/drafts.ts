import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { MessageRow } from '@aftercare/usecases/rows';
import type { Approvals } from '../approvals.ts';
import type { Accepted } from '../carrier.ts';
import type { History } from '../history.ts';
import type { Report } from './report.ts';

/** Invariant 10: draft content reaches nobody outside the emulator and the clinic's test numbers. */

/** A container may hold the configuration for 60 s, a function may run for 15, clocks differ by 4. */
const cachedMs = 80_000;
const spanish = /¿|¡|[Ll]lame|STOP=fin|Emergencia|urgencias|recibe|texto/;
/** Fixed words without clinical content: the 911-and-phone line, and what the law asks to confirm. */
const plainLine = /A person will read your text\.|Una persona va a leer su texto\./;
const plainTemplates = /: (?:opt_out|opted_in|opt_in\w*|wrong_number)$/;

export function createDraftChecks(parts: {
  readonly approvals: Approvals;
  readonly history: () => History;
  readonly report: Report;
}): { onAccepted(accepted: Accepted): void } {
  const { approvals, history, report } = parts;

  function isSigned(config: ClinicConfig | undefined, subject: string, language: string): boolean {
    return (
      config?.approvals.some(
        (one) => one.subject === subject && one.language === language && one.version === 1,
      ) === true
    );
  }

  function isPlain(message: MessageRow, body: string): boolean {
    return message.kind === 'opt_out' || plainTemplates.test(message.reason) || plainLine.test(body);
  }

  return {
    onAccepted({ text }) {
      if (approvals.carrier === 'emulator') return;
      const message = history().messages.get(text.ref.slice(text.ref.lastIndexOf('.') + 1));
      const claimedMs = message === undefined ? 0 : Date.parse(message.claimedAt);
      const config = message === undefined ? undefined : approvals.configAt(message.clinicId, claimedMs);
      if (message === undefined || config === undefined) return report('10', `${text.ref} is of no clinic`);
      if (text.from !== config.patientNumber || config.testNumbers.includes(text.to)) return;
      const proactive = message.kind === 'reminder' || message.kind === 'confirmation';
      if (!proactive && isPlain(message, text.body)) return;
      const subject = proactive ? 'protocol' : 'triage';
      const language = spanish.test(text.body) ? 'es' : 'en';
      const earlier = approvals.configAt(message.clinicId, claimedMs - cachedMs);
      if (isSigned(config, subject, language) || isSigned(earlier, subject, language)) return;
      report(
        '10',
        `a ${message.kind} (${message.reason}) of unsigned ${subject} in ${language} left: ${text.ref}`,
      );
    },
  };
}
