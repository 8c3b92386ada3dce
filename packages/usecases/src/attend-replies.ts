import { attendAlert } from './alerts/climb-alert.ts';
import { resumePages } from './alerts/deliver-pages.ts';
import { alertRow } from './desk-rows.ts';
import { followUp } from './inbound/follow-up.ts';
import type { ReplyReach } from './inbound/reach.ts';
import { followUpRow } from './person-rows.ts';
import type { Item } from './ports.ts';

/** The sweep's hook for rows of replies and alerts: true when the row was one (see `SweepReach.attend`). */
export async function attendReplies(system: ReplyReach, item: Item): Promise<boolean> {
  switch (item.row) {
    case 'alert': {
      const alert = alertRow.parse(item);
      await resumePages(system, alert.clinicId, alert.alertId);
      await attendAlert(system, alert);
      return true;
    }
    case 'follow_up':
      await followUp(system, followUpRow.parse(item));
      return true;
    default:
      return false;
  }
}
