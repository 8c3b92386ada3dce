import type { ClinicDirectory } from '../clinics.ts';
import type { System } from '../ports.ts';

/** What replies and alerts may reach. */
export type ReplyReach = Pick<
  System,
  'table' | 'sms' | 'schedules' | 'queues' | 'clock' | 'random' | 'log' | 'metrics' | 'settings'
> & { readonly clinics: ClinicDirectory };
