/** A route of an HTTP API: `METHOD /path/{variable}`, or `$default` for whatever no other route takes. */
export type MatchedRoute = {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/**
 * Finds the route as an HTTP API does: same method, same number of segments, fixed segments before variables;
 * otherwise `$default`. Variables are percent-decoded, as far as they can be.
 */
export function matchRoute(routeKeys: readonly string[], method: string, rawPath: string): MatchedRoute {
  let best: { route: MatchedRoute; fixed: number } | undefined;
  const segments = rawPath.split('/');
  for (const routeKey of routeKeys) {
    const [routeMethod = '', pattern = ''] = routeKey.split(' ');
    if (routeMethod !== method && routeMethod !== 'ANY') continue;
    const matched = matchSegments(pattern.split('/'), segments);
    if (matched === undefined || (best !== undefined && matched.fixed <= best.fixed)) continue;
    best = { route: { routeKey, pathParameters: matched.pathParameters }, fixed: matched.fixed };
  }
  return best?.route ?? { routeKey: '$default', pathParameters: {} };
}

function matchSegments(
  pattern: readonly string[],
  segments: readonly string[],
): { pathParameters: Record<string, string>; fixed: number } | undefined {
  if (pattern.length !== segments.length) return undefined;
  const pathParameters: Record<string, string> = {};
  let fixed = 0;
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== segment) return undefined;
      fixed += 1;
    } else {
      if (segment === '') return undefined;
      pathParameters[name] = decoded(segment);
    }
  }
  return { pathParameters, fixed };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
