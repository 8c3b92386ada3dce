import type { Approvals } from './approvals.ts';
import type { Chance } from './chance.ts';
import { type Container, createContainer, type Invocation, type Surroundings } from './container.ts';
import { createSimulatedDirectory } from './directory.ts';
import { type Bare, type Bodies, bodies, type FunctionName } from './function-bodies.ts';

/** The deployed functions: warm containers are used again, a dead one is never. */
export type Functions = {
  invoke<Name extends FunctionName>(
    name: Name,
    event: Parameters<ReturnType<Bodies[Name]>>[0],
  ): Promise<Invocation<Awaited<ReturnType<ReturnType<Bodies[Name]>>>>>;
};

type Warm = { readonly container: Container; readonly handler: (event: never) => Promise<unknown> };

export function createFunctions(around: Surroundings & { readonly approvals: Approvals }): Functions {
  const idle = new Map<FunctionName, Warm[]>();
  let started = 0;

  function takeContainer(name: FunctionName): Warm {
    const waiting = idle.get(name)?.pop();
    // A call that an invocation left behind may have ended its container while that was idle.
    const usable = waiting?.container.isDead() === false;
    if (usable && !around.chance.hits(0.05)) return waiting;
    started += 1;
    const container = createContainer(
      around,
      `${name}/${started}`,
      skewSeconds(around.chance, around.faults.roughness),
    );
    const { system } = container;
    const create = bodies[name] as (bare: Bare) => (event: never) => Promise<unknown>;
    const bare = { ...system, clinics: createSimulatedDirectory(system, around.approvals) };
    return { container, handler: create(bare) };
  }

  function rest(name: FunctionName, warm: Warm): void {
    const others = idle.get(name);
    if (others === undefined) idle.set(name, [warm]);
    else others.push(warm);
  }

  return {
    async invoke(name, event) {
      const warm = takeContainer(name);
      const invocation = await warm.container.invoke(() => warm.handler(event as never), clinicOf(event));
      if (!warm.container.isDead()) rest(name, warm);
      return invocation as never;
    },
  };
}

/** The one clinic that an event is for, as far as the event itself says. */
function clinicOf(event: unknown): string | undefined {
  if (Array.isArray(event)) {
    const [first, ...others] = event.map((body: { readonly clinicId?: unknown }) => body.clinicId);
    return typeof first === 'string' && others.every((other) => other === first) ? first : undefined;
  }
  const path = (event as { readonly rawPath?: unknown } | undefined)?.rawPath;
  return typeof path === 'string' ? /^\/v1\/clinics\/([^/]+)\//.exec(path)?.[1] : undefined;
}

/** Clocks of one region differ by milliseconds; a rough world has seconds. */
function skewSeconds(chance: Chance, roughness: number): number {
  return roughness < 0.5 ? 0 : chance.pick([0, 0, 0.2, -0.2, 2, -2]);
}
