import fc from 'fast-check';
import { readContainer, type ReadOptions } from '../../../src/logs/container';
import { createNode, settle, type TestNode } from './node';

interface Reading {
  printed: string[];
  end: () => Promise<void>;
  done: Promise<{ isCutShort: boolean }>;
}

function read(node: TestNode, options: Partial<ReadOptions> = {}): Reading {
  const printed: string[] = [];
  const stop = new AbortController();
  const done = readContainer(
    {
      source: node.source,
      state: node.state,
      options: { follow: true, ...options },
      write: async (lines) => {
        await Promise.resolve();
        printed.push(...lines.map(({ text }) => text));
      },
      // Time passes as fast as everything else.
      sleep: () => settle(1),
    },
    stop.signal,
  );
  return {
    printed,
    done,
    end: async () => {
      await settle();
      stop.abort();
      await done;
    },
  };
}

type Step =
  | { do: 'write'; lines: number; later: number }
  | { do: 'cut'; how: 'close' | 'break' | 'break within a line' }
  | { do: 'report' | 'restart' | 'end' | 'rotate' }
  | { do: 'pass'; turns: number };

const step = (...extra: ('restart' | 'rotate' | 'end')[]): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('write' as const),
        lines: fc.integer({ min: 1, max: 4 }),
        later: fc.constantFrom(0, 1, 1000, 400_000_000, 1_500_000_000),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('cut' as const),
        how: fc.constantFrom('close' as const, 'break' as const, 'break within a line' as const),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), turns: fc.integer({ min: 1, max: 8 }) }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'report' }) },
    ...extra.map((name) => ({ weight: 1, arbitrary: fc.constant<Step>({ do: name }) })),
  );

/** Lets the steps happen. Returns what was written and is out of reach before anybody has read it. */
async function live(node: TestNode, printed: readonly string[], steps: readonly Step[]): Promise<Set<string>> {
  const lost = new Set<string>();
  let count = 0;
  /** Where the run before and the current one begin. */
  let runs = [0, 0];
  const loseUnread = (from: number, to: number): void => {
    for (const text of node.written.slice(from, to)) if (!printed.includes(text)) lost.add(text);
  };
  for (const each of steps) {
    switch (each.do) {
      case 'write':
        for (let index = 0; index < each.lines; index += 1) node.write(`line ${(count += 1)}`, each.later);
        break;
      case 'cut':
        node.cut(each.how);
        break;
      case 'pass':
        await settle(each.turns);
        break;
      case 'restart':
        loseUnread(runs[0] as number, runs[1] as number);
        runs = [runs[1] as number, node.written.length];
        node.restart();
        break;
      case 'rotate':
        loseUnread(runs[1] as number, node.written.length);
        node.rotate();
        break;
      case 'end':
      case 'report':
        node[each.do]();
    }
  }
  node.report();
  return lost;
}

describe('following a container', () => {
  test('prints each line once and in order, however often the connection breaks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step(), { maxLength: 40 }), async (steps) => {
        const node = createNode();
        const { printed, end } = read(node);
        await live(node, printed, steps);
        await end();
        expect(printed).toEqual(node.written);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    { what: 'that was there', isNew: false },
    { what: 'that came up meanwhile', isNew: true },
  ])('and is started again, and its log is rotated: one $what', async ({ isNew }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step('restart', 'rotate', 'end'), { maxLength: 60 }), async (steps) => {
        const node = createNode();
        const { printed, end } = read(node, isNew ? { isNew } : { began: 0 });
        if (!isNew) await settle(2);
        const lost = await live(node, printed, steps);
        await end();
        expect(printed.filter((text) => !lost.has(text))).toEqual(node.written.filter((text) => !lost.has(text)));
        expect(new Set(printed).size).toBe(printed.length);
      }),
      { numRuns: 500 },
    );
  });
});
