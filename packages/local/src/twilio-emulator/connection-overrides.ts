/**
 * How Twilio calls one webhook: from the URL's fragment
 * (docs/usage/webhooks/webhooks-connection-overrides).
 */
export type ConnectionPlan = {
  /** Without the fragment: this is what is called and signed. */
  readonly url: string;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly retries: number;
  readonly retryOn: ReadonlySet<'4xx' | '5xx' | 'ct' | 'rt'>;
};

const everything = ['4xx', '5xx', 'ct', 'rt'] as const;

/**
 * Reads `#rc=3&rp=all&rt=4000`; without it one retry, on connection failure only. Values outside the page's
 * ranges are clamped.
 */
export function connectionPlan(configuredUrl: string): ConnectionPlan {
  const mark = configuredUrl.indexOf('#');
  const url = mark < 0 ? configuredUrl : configuredUrl.slice(0, mark);
  const fragment = new URLSearchParams(mark < 0 ? '' : configuredUrl.slice(mark + 1));
  const number = (name: string, low: number, high: number, otherwise: number): number => {
    const text = fragment.get(name);
    if (text === null || !/^\d+$/.test(text)) return otherwise;
    return Math.min(high, Math.max(low, Number(text)));
  };
  const policies = (fragment.get('rp') ?? 'ct').split(',');
  return {
    url,
    connectTimeoutMs: number('ct', 100, 10_000, 5_000),
    readTimeoutMs: number('rt', 100, 15_000, 15_000),
    totalTimeoutMs: number('tt', 100, 15_000, 15_000),
    retries: number('rc', 0, 5, 1),
    retryOn: new Set(everything.filter((policy) => policies.includes('all') || policies.includes(policy))),
  };
}
