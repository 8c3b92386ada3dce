import { Agent, request } from 'node:http';
import type { RecordedCall } from '../functions/recorder.ts';

/** Issues recorded calls with bare clients: each as soon as those that had ended before it began are done. */

type Client = { readonly send: (command: never) => Promise<unknown> };
type Command = new (input: never) => object;
export type TwilioPost = { readonly url: string; readonly authorization: string; readonly form: string };
export type BareCall = Pick<RecordedCall, 'service' | 'operation' | 'input' | 'began' | 'ended'>;

const agent = new Agent({ keepAlive: true });

export async function issueCalls(
  calls: readonly BareCall[],
  clients: { readonly [service in RecordedCall['service']]?: Client },
  commands: { readonly [operation: string]: Command },
): Promise<void> {
  const issued: { readonly ended: number; readonly done: Promise<unknown> }[] = [];
  for (const call of calls) {
    await Promise.all(issued.filter(({ ended }) => ended < call.began).map(({ done }) => done));
    const done = issue(call, clients, commands);
    // Whoever waits for it hears of a failure; until then it must not end the process.
    done.catch(() => undefined);
    issued.push({ ended: call.ended, done });
  }
  await Promise.all(issued.map(({ done }) => done));
}

function issue(
  { service, operation, input }: BareCall,
  clients: { readonly [service in RecordedCall['service']]?: Client },
  commands: { readonly [operation: string]: Command },
): Promise<unknown> {
  if (service === 'twilio') return post(input as TwilioPost);
  const [client, Command] = [clients[service], commands[operation]];
  if (client === undefined || Command === undefined) throw new Error(`No client for ${operation}`);
  return client.send(new Command(input as never) as never);
}

function post({ url, authorization, form }: TwilioPost): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume();
      response.once('end', resolve);
      if ((response.statusCode ?? 500) >= 300) reject(new Error(`Twilio answered ${response.statusCode}`));
    });
    sent.once('error', reject);
    sent.end(form);
  });
}

/** A Lambda handler that issues the calls of its event. */
export function issuing(
  clients: { readonly [service in RecordedCall['service']]?: Client },
  commands: { readonly [operation: string]: Command },
): (event: { readonly calls: readonly BareCall[] }) => Promise<object> {
  return async ({ calls }) => {
    await issueCalls(calls, clients, commands);
    return { statusCode: 200 };
  };
}
