import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleInto } from '@aftercare/infra/lib/bundling';
import { type Invocation, RuntimeApi } from './runtime-api.ts';

export type BootedFunction = {
  readonly name: string;
  readonly invoke: (event: unknown) => Promise<Invocation>;
  /** Everything it wrote so far: what CloudWatch would keep. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};

const client = fileURLToPath(new URL('node_modules/aws-lambda-ric/index.mjs', import.meta.url));

/** Bundles a function as infra does and starts it under AWS's runtime client on this process's Node. */
export async function bootFunction(
  name: string,
  folder: string,
  environment: { readonly [name: string]: string },
): Promise<BootedFunction> {
  const task = join(folder, name);
  mkdirSync(task, { recursive: true });
  bundleInto(name, task);
  const api = await RuntimeApi.start();
  const child = spawn(process.execPath, [client, 'index.handler'], {
    cwd: task,
    env: {
      PATH: process.env.PATH,
      ...environment,
      AWS_LAMBDA_RUNTIME_API: api.server.url.replace('http://', ''),
      LAMBDA_TASK_ROOT: task,
      _HANDLER: 'index.handler',
      AWS_LAMBDA_FUNCTION_NAME: `aftercare-dev-${name}`,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/aftercare-dev-${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: string[] = [];
  child.stdout.on('data', (chunk) => void written.push(String(chunk)));
  child.stderr.on('data', (chunk) => void written.push(String(chunk)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    name,
    invoke: (event) =>
      Promise.race([
        api.invoke(event),
        exited.then(
          (): Invocation => ({ ok: false, error: `the process ended: ${written.join('').slice(-800)}` }),
        ),
      ]),
    output: () => written.join(''),
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      await api.server.close();
    },
  };
}
