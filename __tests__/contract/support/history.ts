/** A step of a random history of one Widget. */
export type Operation =
  | { type: 'apply'; manager: string; force: boolean; labels: Values; spec: Values }
  | { type: 'merge'; manager: string; spec: Values }
  | { type: 'put'; manager: string; labels: Values; spec: Values }
  | { type: 'remove'; manager: string; path: string };

type Values = Record<string, unknown>;

/**
 * What the Widget begins with and nobody takes away. No list and no map ever becomes empty:
 * servers before 1.21 make null of what an apply empties, and then refuse it.
 */
export const base = {
  text: 'base',
  containers: [{ name: 'base', image: 'base' }],
  ports: [{ port: 1, protocol: 'TCP', name: 'base' }],
  tags: ['base'],
  params: { base: 'base' },
  free: { base: 1 },
  settings: { mode: 'base', retries: 1 },
};
export const baseLabels = { base: 'base' };

const appliers = ['ann', 'bob', 'cat'];
const updaters = ['ann', 'upd'];
const length = 12;

/** The history of a seed: always the same. */
export function history(seed: number): Operation[] {
  const random = generator(seed);
  return Array.from({ length }, () => operation(random));
}

type Random = ReturnType<typeof generator>;

function operation(random: Random): Operation {
  const kind = random.below(10);
  if (kind < 6) {
    const manager = random.oneOf(appliers);
    return { type: 'apply', manager, force: random.below(3) === 0, labels: labels(random), spec: spec(random, false) };
  }
  const manager = random.oneOf(updaters);
  if (kind < 8) return { type: 'merge', manager, spec: spec(random, true) };
  if (kind < 9) {
    return {
      type: 'put',
      manager,
      labels: { ...baseLabels, ...labels(random) },
      spec: { ...base, ...spec(random, true) },
    };
  }
  const path = random.oneOf(['args', 'title', 'color', 'selector', 'params/a', 'free/a', 'settings/label', 'tags/1']);
  return { type: 'remove', manager, path: `/spec/${path}` };
}

function labels(random: Random): Values {
  return some(random, { a: () => value(random), 'example.com/b': () => value(random) });
}

/** Some fields with values of a small choice; with `whole`, lists hold what is always there. */
function spec(random: Random, whole: boolean): Values {
  const list = (always: readonly unknown[], items: unknown[]): unknown[] => (whole ? [...always, ...items] : items);
  const item = (name: string): Values => ({
    name,
    ...some(random, { image: () => value(random), pull: () => value(random) }),
  });
  const port = (port: number): Values => ({
    port,
    // The key has a default, which an apply may leave out.
    ...(whole || random.below(2) === 0 ? { protocol: 'TCP' } : {}),
    ...some(random, { name: () => value(random) }),
  });
  const choices = {
    color: () => random.oneOf(['red', 'green']),
    title: () => value(random),
    size: () => 1 + random.below(3),
    args: () => [value(random), value(random)].slice(random.below(2)),
    selector: () => ({ [value(random)]: value(random) }),
    containers: () => list(base.containers, subset(random, ['x', 'y', 'z']).map(item)),
    ports: () => list(base.ports, subset(random, [80, 443]).map(port)),
    tags: () => list(base.tags, subset(random, ['a', 'b', 'c'])),
    params: () => ({ ...(whole && base.params), ...some(random, { a: () => value(random) }), b: value(random) }),
    free: () => ({ ...(whole && base.free), ...some(random, { a: () => [value(random)] }), b: value(random) }),
    settings: () => ({
      ...(whole && base.settings),
      ...some(random, { mode: () => value(random) }),
      label: value(random),
    }),
  };
  return some(random, choices);
}

const value = (random: Random): string => random.oneOf(['p', 'q']);

/** One or more of these, in their order. */
function subset<T>(random: Random, items: readonly T[]): T[] {
  const chosen = items.filter(() => random.below(2) === 0);
  return chosen.length > 0 ? chosen : [random.oneOf(items)];
}

/** About a third of these values. */
function some(random: Random, choices: Record<string, () => unknown>): Values {
  return Object.fromEntries(
    Object.entries(choices)
      .filter(() => random.below(3) === 0)
      .map(([key, choose]) => [key, choose()]),
  );
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): { below: (limit: number) => number; oneOf: <T>(items: readonly T[]) => T } {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, oneOf: <T>(items: readonly T[]): T => items[below(items.length)] as T };
}
