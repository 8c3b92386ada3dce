/** A route of an HTTP API: `METHOD /path/{variable}`, or `$default` for whatever no other route takes. */
export type MatchedRoute = {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/**
 * Finds the route as an HTTP API does: same method, same number of segments, fixed segments before variables;
 * a greedy `{proxy+}`
 * after both; otherwise `$default`. Variables are percent-decoded, as far as they can be.
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
  const greedy = /^\{(.+)\+\}$/.exec(pattern.at(-1) ?? '')?.[1];
  if (greedy !== undefined) return matchGreedy(pattern.slice(0, -1), segments, greedy);
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

/** `{proxy+}` takes one or more segments, slashes included. */
function matchGreedy(
  prefix: readonly string[],
  segments: readonly string[],
  name: string,
): { pathParameters: Record<string, string>; fixed: number } | undefined {
  const rest = segments.slice(prefix.length);
  if (rest.length === 0 || rest[0] === '') return undefined;
  const matched = matchSegments(prefix, segments.slice(0, prefix.length));
  return (
    matched && { ...matched, pathParameters: { ...matched.pathParameters, [name]: decoded(rest.join('/')) } }
  );
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
