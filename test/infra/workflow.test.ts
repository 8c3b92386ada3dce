import { readFileSync } from 'node:fs';
import { readSettings } from '@aftercare/infra/lib/settings';
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';

const workflow = readFileSync(new URL('../../.github/workflows/deliver.yml', import.meta.url), 'utf8');
const job = (name: string): string =>
  new RegExp(`\\n  ${name}:\\n([\\s\\S]*?)(?=\\n  \\w+:\\n|$)`).exec(workflow)?.[1] ?? '';

describe('the delivery workflow', () => {
  it('deploys nothing that was not checked, and prod only after dev', () => {
    expect(job('check')).toContain('.ci/run');
    expect(job('dev')).toContain('needs: check');
    expect(job('prod')).toContain('needs: dev');
    for (const name of ['dev', 'prod']) {
      expect(job(name)).toContain("if: github.ref == 'refs/heads/main'");
      expect(job(name)).toContain(`environment: ${name}`);
      expect(job(name)).toContain(`-c stage=${name}`);
    }
  });

  it('hands on every setting of prod, so that a push does not undo what was deployed by hand', () => {
    const settings = readFileSync(new URL('../../infra/lib/settings.ts', import.meta.url), 'utf8');
    const names = [...settings.matchAll(/\btext\('(\w+)'\)/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(8);
    // A trial's phones: prod texts everybody.
    const notForProd = ['liveAllowedNumbers'];
    for (const name of names.filter((one) => !notForProd.includes(one)))
      expect(job('prod'), name).toContain(`-c ${name}=`);
  });

  it('takes a setting that has no value for one that was left out', () => {
    const empty = {
      tableCapacity: '',
      sessionsPerMonth: '',
      spreadMinutes: '',
      tracing: '',
      sendConcurrency: '',
    };
    const { provisionedFor, tracing, sendConcurrency } = readSettings(new App({ context: empty }));
    expect([provisionedFor, tracing, sendConcurrency]).toEqual([undefined, true, 10]);
  });

  it('shows the very assembly that it deploys', () => {
    expect(workflow).toMatch(/cdk diff --all .*--app cdk\.out/);
    expect(workflow).toMatch(/cdk deploy --all .*--app cdk\.out/);
    expect(workflow.indexOf('cdk synth')).toBeLessThan(workflow.indexOf('cdk diff'));
  });

  it('holds no key: a role is taken on by OIDC, in the deploying jobs only', () => {
    expect(workflow).toContain('role-to-assume');
    expect(workflow).not.toMatch(/secrets\.|aws-access-key-id|aws-secret/i);
    expect(job('check')).not.toContain('id-token');
    expect(job('dev')).toContain('id-token: write');
  });
});
