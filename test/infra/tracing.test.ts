import { describe, expect, it, vi } from 'vitest';
import { actionsOf, appWith, deploymentWith, ofType, statementsOf } from './synthesized.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('traces that a deployment does not want', () => {
  const resources = appWith({ tracing: 'off' });

  it('are neither taken nor allowed to any function', () => {
    const modes = ofType(resources, 'AWS::Lambda::Function').map(
      ([, one]) => one.Properties.TracingConfig?.Mode,
    );
    expect(modes.length).toBeGreaterThan(10);
    expect(new Set(modes)).toEqual(new Set(['PassThrough']));
    const actions = statementsOf(resources).flatMap(({ statement }) => actionsOf(statement));
    expect(actions.filter((action) => action.startsWith('xray:'))).toEqual([]);
  });

  it('are asked for in a word that is known', () => {
    expect(() => deploymentWith({ tracing: 'a bit' })).toThrow('tracing is on or off');
  });
});
