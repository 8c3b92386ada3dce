import { connect } from './connect.ts';
import type { Terminal } from './terminal.ts';

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    connect: () => connect(process.env),
    user: process.env.USER ?? 'an operator',
  };
}
