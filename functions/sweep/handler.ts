import { onPageReceipt } from '@aftercare/usecases/alert-rung';
import { attendReplies } from '@aftercare/usecases/attend-replies';
import type { ReplyReach } from '@aftercare/usecases/inbound/reach';
import { onLostMessage } from '@aftercare/usecases/inbound/reply-outcome';
import { sweep } from '@aftercare/usecases/sweep';

/** The event says nothing that matters: what is due stands in the table. */
export const createHandler = (system: ReplyReach) => () =>
  sweep({
    ...system,
    attend: attendReplies.bind(undefined, system),
    onLost: onLostMessage.bind(undefined, system),
    onPageReceipt: onPageReceipt.bind(undefined, system),
  });
