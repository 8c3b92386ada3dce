import { describe, expect, it, vi } from 'vitest';
import { appWith, ofType } from './synthesized.ts';

vi.setConfig({ testTimeout: 120_000 });

describe('the valve in front of the carrier', () => {
  it('opens the valves behind the sender with it, so that no receipt is turned away', () => {
    const resources = appWith({ sendConcurrency: '250' });
    const concurrencies = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(
      ([, mapping]) => mapping.Properties.ScalingConfig?.MaximumConcurrency,
    );
    expect(concurrencies).toContain(250);
    expect(concurrencies).toContain(125);
    const [stage] = ofType(resources, 'AWS::ApiGatewayV2::Stage').map(([, one]) => one.Properties);
    const status = Object.entries<Record<string, number>>(stage?.RouteSettings).find(([key]) =>
      key.endsWith('/twilio/status'),
    );
    expect(status?.[1].ThrottlingRateLimit).toBe(2500);
    expect(() => appWith({ sendConcurrency: '1' })).toThrow(
      /sendConcurrency is a whole number from 2 to 1000/,
    );
  });
});
