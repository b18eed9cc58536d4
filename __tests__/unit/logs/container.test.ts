import fc from 'fast-check';
import { readContainer, type ReadOptions } from '../../../src/logs/container';
import { Forbidden, IdleLog, Refusal } from '../../../src/logs/source';
import { createNode, settle, type TestNode } from './node';

interface Reading {
  printed: string[];
  /** Milliseconds between the tries. */
  pauses: number[];
  end: () => Promise<void>;
  done: Promise<{ isCutShort: boolean }>;
}

function read(node: TestNode, options: Partial<ReadOptions> = {}): Reading {
  const printed: string[] = [];
  const pauses: number[] = [];
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
      sleep: async (milliseconds) => {
        pauses.push(milliseconds);
        await settle(1);
      },
    },
    stop.signal,
  );
  return {
    printed,
    pauses,
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

describe('the part of a log that is wanted', () => {
  /** A container that has written five lines, a second apart. */
  function written(): TestNode {
    const node = createNode();
    for (let line = 1; line <= 5; line += 1) node.write(`old ${line}`, 1_000_000_000);
    return node;
  }
  const start = Date.UTC(2026, 0, 1) / 1000;

  test('may be its last lines, and all that comes after them', async () => {
    const node = written();
    const { printed, end } = read(node, { tail: 2 });
    await settle();
    node.cut('break');
    node.write('new');
    await end();
    expect(printed).toEqual(['old 4', 'old 5', 'new']);
  });

  test('may be only what comes, also where nothing was there', async () => {
    const node = written();
    const following = read(node, { tail: 0 });
    await settle();
    node.cut('break');
    node.write('new');
    await following.end();
    expect(following.printed).toEqual(['new']);

    const empty = createNode();
    const other = read(empty, { tail: 3 });
    await settle();
    empty.cut('break');
    for (let line = 1; line <= 5; line += 1) empty.write(`new ${line}`);
    await other.end();
    expect(other.printed).toHaveLength(5);
  });

  test('may begin at a time, from which it goes on also when nothing came before a break', async () => {
    const node = written();
    const { printed, end } = read(node, { since: start + 5 });
    await settle();
    node.cut('close');
    node.write('new');
    await end();
    expect(printed).toEqual(['old 5', 'new']);
  });

  test('is all of it, once, where nobody follows', async () => {
    const node = written();
    const { printed, done } = read(node, { follow: false });
    await settle(2);
    node.cut('break');
    await done;
    expect(printed).toEqual(node.written);
  });

  test('may be that of the run before', async () => {
    const node = written();
    node.restart();
    node.write('of this run');
    node.report();
    const alone = read(node, { follow: false, previous: true });
    await alone.done;
    expect(alone.printed).toEqual(['old 1', 'old 2', 'old 3', 'old 4', 'old 5']);
    const both = read(node, { previous: true });
    await both.end();
    expect(both.printed).toEqual(node.written);
  });
});

describe('a log that cannot be read', () => {
  /** A source that fails in these ways, one after the other, and then brings a line. */
  function failing(errors: readonly Error[]) {
    const left = [...errors];
    const node = createNode();
    node.write('line');
    const troubles: (string | undefined)[] = [];
    const printed: string[] = [];
    const remarks: string[] = [];
    const run = (follow: boolean, signal: AbortSignal) =>
      readContainer(
        {
          source: {
            async *read(query, end) {
              const error = left.shift();
              if (error) throw error;
              yield* node.source.read(query, end);
            },
          },
          state: node.state,
          options: { follow },
          write: (lines) => {
            printed.push(...lines.map(({ text }) => text));
            return Promise.resolve();
          },
          onTrouble: (error) => troubles.push(error?.message),
          onRemark: (text) => remarks.push(text),
          sleep: () => settle(1),
        },
        signal,
      );
    return { run, node, troubles, printed, remarks };
  }
  const broken = (count: number): Error[] => Array.from({ length: count }, () => new Error('reset'));

  test('is tried again, and only when that fails, too, it is told', async () => {
    const { signal } = new AbortController();
    const once = failing(broken(1));
    await once.run(false, signal);
    expect([once.printed, once.troubles]).toEqual([['line'], []]);
    const often = failing(broken(4));
    await often.run(false, signal);
    expect([often.printed, often.troubles]).toEqual([['line'], ['reset', 'reset', undefined]]);
  });

  test('is given up after some tries where nobody follows, and never where somebody does', async () => {
    const stop = new AbortController();
    await expect(failing(broken(20)).run(false, stop.signal)).rejects.toThrow('reset');
    const following = failing(broken(20));
    const done = following.run(true, stop.signal);
    await settle(200);
    stop.abort();
    await done;
    expect(following.printed).toEqual(['line']);
  });

  test('is given up at once where it is forbidden', async () => {
    const { run } = failing([new Forbidden('no')]);
    await expect(run(true, new AbortController().signal)).rejects.toThrow(Forbidden);
  });

  test('is nothing to talk about where it was only silent', async () => {
    const stop = new AbortController();
    const { run, printed, troubles } = failing(Array.from({ length: 9 }, () => new IdleLog()));
    const done = run(true, stop.signal);
    await settle(60);
    stop.abort();
    await done;
    expect([printed, troubles]).toEqual([['line'], []]);
  });

  test('is told about where it is not there', async () => {
    const { run, printed, remarks } = failing([new Refusal('container "x" is waiting to start')]);
    await run(false, new AbortController().signal);
    expect([printed, remarks]).toEqual([[], ['container "x" is waiting to start']]);
  });
});

describe('the end of a container', () => {
  test('ends the reading when it will not run again', async () => {
    const node = createNode();
    const { printed, done } = read(node);
    node.write('last words', 1000);
    node.end();
    node.state.set({ ...node.state.current(), isRunning: false, isOver: true });
    expect(await done).toEqual({ isCutShort: false });
    expect(printed).toEqual(['last words']);
  });

  test('with its pod is said to be early where the log could not be read to its end', async () => {
    const node = createNode();
    const { printed, done } = read(node);
    await settle();
    node.write('one');
    await settle();
    node.cut('break');
    node.write('two');
    node.remove();
    node.report();
    expect(await done).toEqual({ isCutShort: true });
    expect(printed).toEqual(['one']);
  });

  test('without its pod leaves it to be waited for', async () => {
    const node = createNode();
    const { printed, done, end } = read(node);
    node.write('one');
    node.end();
    node.report();
    await settle(60);
    const asked = node.queries.length;
    await settle(60);
    expect(node.queries).toHaveLength(asked);
    node.restart();
    node.write('two');
    node.report();
    await end();
    await done;
    expect(printed).toEqual(['one', 'two']);
  });
});

describe('reading again', () => {
  test('takes longer and longer as long as it brings nothing new', async () => {
    const node = createNode();
    node.write('known');
    const { pauses, end } = read(node);
    for (let turn = 0; turn < 30; turn += 1) {
      await settle(2);
      node.cut('close');
    }
    await end();
    expect(pauses.slice(0, 6)).toEqual([250, 500, 1000, 2000, 4000, 5000]);
  });

  test('is not done with what a node has broken off', async () => {
    const node = createNode();
    node.write('one');
    node.write('two');
    node.end();
    node.report();
    const left: string[] = [];
    let isBroken = true;
    const source: typeof node.source = {
      async *read(query, end) {
        for await (const piece of node.source.read(query, end)) {
          left.push(piece);
          yield piece;
          // The first answer ends cleanly within its last line.
          if (isBroken && left.length === 3) {
            isBroken = false;
            return;
          }
        }
      },
    };
    const { printed, done } = read({ ...node, source }, { follow: false });
    await done;
    expect(printed).toEqual(['one', 'two']);
  });

  test('keeps to the part that is wanted where there was no run before', async () => {
    const node = createNode();
    for (let line = 1; line <= 5; line += 1) node.write(`old ${line}`, 1_000_000_000);
    const { printed, end } = read(node, { previous: true, tail: 2 });
    await end();
    expect(printed).toEqual(['old 4', 'old 5']);
  });
});
