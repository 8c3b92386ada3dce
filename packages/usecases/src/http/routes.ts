export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * One call of the API under its name. `pattern` as in the API reference: `/v1/clinics/{clinicId}/sessions`.
 */
export type Route<Name extends string> = {
  readonly name: Name;
  readonly method: Method;
  readonly pattern: string;
};

export type PathParameters = { readonly [name: string]: string };

export type RouteMatch<Name extends string> =
  | { readonly kind: 'matched'; readonly route: Route<Name>; readonly parameters: PathParameters }
  | {
      readonly kind: 'wrong_method';
      readonly allowed: readonly Method[];
      readonly parameters: PathParameters;
    }
  | { readonly kind: 'no_path' };

/** Ids as the contract allows them (design 6.1); anything else names nothing. */
const idPattern = /^[A-Za-z0-9._-]{1,64}$/;

/** Finds the route for a method and path. A trailing slash is another path. */
export function matchRoute<Name extends string>(
  routes: readonly Route<Name>[],
  method: string,
  path: string,
): RouteMatch<Name> {
  const samePath = routes.flatMap((route) => {
    const parameters = parametersOf(route.pattern, path);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  const [first] = samePath;
  if (first === undefined) return { kind: 'no_path' };
  const match = samePath.find(({ route }) => route.method === method);
  if (match !== undefined) return { kind: 'matched', ...match };
  const allowed = samePath.map(({ route }) => route.method);
  return { kind: 'wrong_method', allowed, parameters: first.parameters };
}

function parametersOf(pattern: string, path: string): PathParameters | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(step)?.[1];
    if (name === undefined && step !== value) return undefined;
    if (name !== undefined && !idPattern.test(value)) return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return parameters;
}
