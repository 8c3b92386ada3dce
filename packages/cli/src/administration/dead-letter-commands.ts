import type { DeadLetter } from '@aftercare/adapters/sqs/dead-letters';
import { type Foresight, foresee, queueOfBody } from '@aftercare/usecases/foresee-work';
import type { QueueName } from '@aftercare/usecases/ports';
import { nearest } from '../command-line.ts';
import type { Command, Commands } from './command.ts';
import { AdministrationRefusal, type AdminSystem, type Environment } from './connect.ts';
import { connectQueues, type LetterBox, letterBoxes, type ReachedQueues } from './connect-queues.ts';
import { type Terminal, tableLines } from './terminal.ts';

const stageOption = {
  kind: 'text',
  value: 'dev|prod',
  help: 'of the deployment on AWS (default: STAGE, or what TABLE_NAME begins with)',
} as const;

const mostByDefault = 100;

/**
 * Dead letters: work that was given up after five tries (issue 6, point 8).
 *
 * @param environment as `connect` reads it
 */
export function deadLetterCommands(environment: Environment): Commands {
  return { list: listCommand(environment), redrive: redriveCommand(environment) };
}

function listCommand(environment: Environment): Command {
  return {
    usage: 'list',
    help: 'How many messages were given up, by queue.',
    words: [0, 0],
    options: { stage: stageOption },
    async run(_system, line, terminal) {
      const reached = await connectQueues(environment, line.text('stage'));
      const rows = await Promise.all(
        letterBoxes.map(async (box) => {
          const url = await reached.letterUrl(box);
          const waiting = url === undefined ? undefined : (await reached.queues.look(url)).waiting;
          return [box, waiting === undefined ? 'none here' : String(waiting), meaning[box]];
        }),
      );
      terminal.out(tableLines(['queue', 'given up', 'what it is'], rows));
      return 0;
    },
  };
}

const meaning: { readonly [box in LetterBox]: string } = {
  'inbound-received': 'texts stored and not read: redrive at once',
  'alerts-due': 'pages that did not climb: redrive at once',
  'reminders-due': 'texts due: find the cause first',
  'inbound-fallback': 'texts caught while the main entrance failed: redrive at once',
  'webhooks-due': 'events for clinics: redrive after the repair',
  scheduler: 'schedules whose queue did not take them: redrive after the repair',
  events: 'pointers to lost stream records; nothing to redrive, see the timeline',
  clockwork: 'runs of sweep, reconcile and test pages; nothing to redrive, the next run does it',
};

function redriveCommand(environment: Environment): Command {
  return {
    usage: 'redrive <queue> [--dry-run] [--max N]',
    help:
      'Give what was given up to its queue again, after saying of each what it would do now.\n' +
      `Queues: ${letterBoxes.join(', ')}.`,
    words: [1, 1],
    options: {
      'dry-run': { kind: 'switch', help: 'say what each would do, and move nothing' },
      max: { kind: 'text', value: 'N', help: `at most so many (default ${mostByDefault})` },
      stage: stageOption,
    },
    async run(system, line, terminal) {
      const box = boxNamed(line.words[0] ?? '');
      const most = Number(line.text('max') ?? mostByDefault);
      if (!Number.isInteger(most) || most < 1) throw new AdministrationRefusal('--max is a number from 1.');
      const reached = await connectQueues(environment, line.text('stage'));
      const letters = await reached.letterUrl(box);
      if (letters === undefined) throw new AdministrationRefusal(`There is no queue ${box} here.`);
      const dryRun = line.flag('dry-run');
      const tally = await walkLetters({ system, terminal, reached, box, letters, most, dryRun });
      return conclude(terminal, tally, dryRun);
    },
  };
}

function boxNamed(word: string): LetterBox {
  const box = letterBoxes.find((candidate) => candidate === word.replace(/-dlq$/, ''));
  if (box === undefined) {
    const near = nearest(word, letterBoxes);
    const hint = near === undefined ? `There is: ${letterBoxes.join(', ')}.` : `Did you mean ${near}?`;
    throw new AdministrationRefusal(`${word} is not a queue. ${hint}`);
  }
  if (box === 'events' || box === 'clockwork') throw new AdministrationRefusal(`${box}: ${meaning[box]}.`);
  return box;
}

type Walk = {
  readonly system: AdminSystem;
  readonly terminal: Terminal;
  readonly reached: ReachedQueues;
  readonly box: LetterBox;
  readonly letters: string;
  readonly most: number;
  readonly dryRun: boolean;
};
type Tally = { moved: number; left: number };

/** Takes letters until there are no more, then puts back those that stay: none is seen twice. */
async function walkLetters(walk: Walk): Promise<Tally> {
  const { queues } = walk.reached;
  const tally: Tally = { moved: 0, left: 0 };
  const staying: DeadLetter[] = [];
  try {
    while (tally.moved + tally.left < walk.most) {
      const batch = await queues.take(walk.letters);
      if (batch.length === 0) break;
      const room = walk.most - tally.moved - tally.left;
      staying.push(...batch.slice(room));
      for (const letter of batch.slice(0, room)) {
        const moved = await consider(walk, letter);
        tally.moved += moved ? 1 : 0;
        tally.left += moved ? 0 : 1;
        if (walk.dryRun || !moved) staying.push(letter);
      }
    }
  } finally {
    for (const letter of staying) await queues.putBack(walk.letters, letter);
  }
  return tally;
}

/** Says what one letter would do and, unless it is a dry run, moves it: sent first, removed after. */
async function consider(walk: Walk, letter: DeadLetter): Promise<boolean> {
  const body = parsed(letter.body);
  const queue = walk.box === 'scheduler' ? queueOfBody(body) : workQueue(walk.box);
  const foresight: Foresight =
    queue === undefined ? { kind: 'unreadable' } : await foresee(walk.system, queue, body);
  const target = queue === undefined ? undefined : await walk.reached.workUrl(queue);
  const since = letter.sentAt === undefined ? '' : ` (since ${letter.sentAt})`;
  if (foresight.kind === 'unreadable' || target === undefined) {
    walk.terminal.out(`${letter.messageId}${since}: unreadable, stays where it is`);
    return false;
  }
  walk.terminal.out(`${letter.messageId}${since}: ${foresight.about}: ${foresight.wouldDo}`);
  if (walk.dryRun) return true;
  await walk.reached.queues.send(target, letter.body);
  await walk.reached.queues.remove(walk.letters, letter);
  return true;
}

function workQueue(box: LetterBox): QueueName | undefined {
  return box === 'scheduler' || box === 'events' || box === 'clockwork' ? undefined : box;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function conclude(terminal: Terminal, { moved, left }: Tally, dryRun: boolean): 0 | 1 {
  if (moved + left === 0) terminal.out('Nothing was given up.');
  else
    terminal.out(
      dryRun ? `Nothing was moved; ${moved} would be.` : `${moved} moved${left > 0 ? `, ${left} left` : ''}.`,
    );
  return left > 0 ? 1 : 0;
}
