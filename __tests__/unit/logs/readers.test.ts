import fc from 'fast-check';
import type { LiveObject } from '../../../src/live-object';
import type { Origin } from '../../../src/logs/output';
import { createReaders, type Readers } from '../../../src/logs/readers';
import { createSlots } from '../../../src/logs/slots';
import { createNode, settle, type TestNode } from './node';

const signal = (): AbortSignal => new AbortController().signal;

interface World {
  readers: Readers;
  /** Makes a pod, which the readers do not know yet. */
  add: (name: string) => TestNode;
  pods: Map<string, TestNode>;
  /** How a pod is now, as the API shows it. */
  show: (name: string) => LiveObject;
  printed: Map<string, string[]>;
  notes: string[];
  stop: () => Promise<void>;
}

function newWorld({ maxStreams = Infinity, follow = true } = {}): World {
  const pods = new Map<string, TestNode>();
  const printed = new Map<string, string[]>();
  const notes: string[] = [];
  const end = new AbortController();
  const readers = createReaders({
    sourceOf: ({ pod }: Origin) => ({ read: (query, over) => (pods.get(pod) as TestNode).source.read(query, over) }),
    containersOf: () => ['function'],
    reading: { follow },
    maxStreams,
    output: {
      begin: () => {},
      write: ({ pod }, lines) => {
        printed.set(pod, [...(printed.get(pod) ?? []), ...lines.map(({ text }) => text)]);
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
      note: (text, origin) => notes.push(origin ? `${origin.pod} ${text}` : text),
    },
    onForbidden: () => {},
    signal: end.signal,
    sleep: () => settle(1),
  });
  return {
    readers,
    pods,
    printed,
    notes,
    add(name) {
      const node = createNode();
      pods.set(name, node);
      return node;
    },
    show: (name) => toPod(name, pods.get(name) as TestNode),
    async stop() {
      await settle();
      end.abort();
      await readers.done();
    },
  };
}

function toPod(name: string, node: TestNode): LiveObject {
  const { restarts, isRunning } = node.state.current();
  const terminated = { exitCode: 137, reason: 'OOMKilled' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid: name, resourceVersion: '1' },
    spec: { containers: [{ name: 'function' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'function',
          restartCount: restarts,
          state: isRunning ? { running: {} } : { terminated },
          lastState: restarts > 0 ? { terminated } : {},
        },
      ],
    },
  };
}

type Step = { do: 'add' | 'relist' } | { do: 'write' | 'cut' | 'restart' | 'show'; pod: number } | { do: 'pass' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.constantFrom<Step>({ do: 'add' }, { do: 'relist' }, { do: 'pass' }),
    fc.record({
      do: fc.constantFrom('write' as const, 'write' as const, 'cut' as const, 'restart' as const, 'show' as const),
      pod: fc.nat({ max: 4 }),
    }),
  ),
  { maxLength: 60 },
);

test('each line of each pod is printed once and in order, whatever is told of the pods, and how often', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (list) => {
      const world = newWorld();
      const { readers, pods, add, show, printed } = world;
      let lines = 0;
      for (const step of list) {
        const names = [...pods.keys()];
        const name = 'pod' in step ? names[step.pod % names.length] : undefined;
        const node = name === undefined ? undefined : pods.get(name);
        if (step.do === 'add') add(`pod-${names.length}`);
        if (step.do === 'pass') await settle(3);
        if (step.do === 'relist') {
          readers.keep(pods);
          for (const each of names) readers.see(show(each), true);
        }
        if (node === undefined || name === undefined) continue;
        if (step.do === 'write') node.write(`line ${(lines += 1)}`);
        if (step.do === 'cut') node.cut('break');
        if (step.do === 'show') readers.see(show(name), true);
        if (step.do === 'restart') {
          // Two restarts before anybody looks would take lines away for good.
          readers.see(show(name), true);
          await settle(40);
          node.restart();
          node.report();
        }
      }
      for (const name of pods.keys()) readers.see(show(name), true);
      await settle(40);
      await world.stop();
      for (const [name, node] of pods) expect([name, printed.get(name) ?? []]).toEqual([name, node.written]);
    }),
    { numRuns: 200 },
  );
});

test('it is told when a container is started again, and when its pod is gone', async () => {
  const { readers, add, show, notes } = newWorld();
  const node = add('pod-a');
  node.write('one');
  readers.see(show('pod-a'));
  await settle();
  node.restart();
  node.report();
  readers.see(show('pod-a'));
  await settle();
  node.remove();
  readers.keep(new Map());
  await readers.done();
  expect(notes).toEqual([
    'pod-a was started again after exit code 137, OOMKilled',
    'pod-a is gone (exit code 137, OOMKilled)',
  ]);
});

test('more logs than may be read at once wait for their turn, and that is told once', async () => {
  const world = newWorld({ maxStreams: 1 });
  const { readers, add, show, notes, printed } = world;
  for (const name of ['pod-a', 'pod-b', 'pod-c']) {
    add(name).write(`of ${name}`);
    readers.see(show(name));
  }
  await settle();
  expect([...printed.keys()]).toEqual(['pod-a']);
  expect(notes).toEqual([
    'More than 1 logs: the others follow as soon as one ends. --max-streams=N reads more at once.',
  ]);
  world.pods.get('pod-a')?.remove();
  readers.lose('pod-a');
  await settle();
  expect([...printed.keys()]).toEqual(['pod-a', 'pod-b']);
  await world.stop();
});

test('a container that has not started is skipped where nobody follows', async () => {
  const { readers, notes } = newWorld({ follow: false });
  const pod = toPod('pod-a', createNode());
  const waiting = { waiting: { reason: 'ImagePullBackOff' } };
  readers.see({ ...pod, status: { containerStatuses: [{ name: 'function', restartCount: 0, state: waiting }] } });
  expect(readers.hasStarted()).toBe(false);
  await readers.done();
  expect(notes).toEqual(['pod-a has not started: ImagePullBackOff']);
});

describe('turns', () => {
  test('are taken in order, and those who leave are passed over', async () => {
    const order: string[] = [];
    const slots = createSlots(1, () => order.push('full'));
    const leaving = new AbortController();
    const enter = async (name: string, end: AbortSignal): Promise<() => void> => {
      const release = await slots.take(end);
      order.push(name);
      return release;
    };
    const first = await enter('first', signal());
    const left = enter('left', leaving.signal);
    const third = enter('third', signal());
    leaving.abort();
    await left;
    first();
    (await third)();
    await enter('fourth', signal());
    expect(order).toEqual(['first', 'full', 'left', 'third', 'fourth']);
  });
});

describe('a turn', () => {
  test('is kept by who only loses the connection', async () => {
    const world = newWorld({ maxStreams: 1 });
    const { readers, add, show, printed, pods } = world;
    for (const name of ['pod-a', 'pod-b']) {
      add(name).write(`of ${name}`);
      readers.see(show(name));
    }
    await settle();
    pods.get('pod-a')?.cut('break');
    await settle();
    pods.get('pod-a')?.write('more');
    await settle();
    expect([...printed]).toEqual([['pod-a', ['of pod-a', 'more']]]);
    await world.stop();
  });

  test('that comes late finds also the run that has ended meanwhile', async () => {
    const world = newWorld({ maxStreams: 1 });
    const { readers, add, show, printed, pods } = world;
    add('pod-a');
    readers.see(show('pod-a'));
    const late = add('pod-b');
    readers.see(show('pod-b'), true);
    await settle();
    late.write('of the first run');
    late.restart();
    late.write('of the second run');
    late.report();
    readers.see(show('pod-b'), true);
    pods.get('pod-a')?.remove();
    readers.lose('pod-a');
    await world.stop();
    expect(printed.get('pod-b')).toEqual(['of the first run', 'of the second run']);
  });

  test('that comes when the pod is gone is not used', async () => {
    const world = newWorld({ maxStreams: 1 });
    const { readers, add, show, notes, pods } = world;
    for (const name of ['pod-a', 'pod-b']) {
      add(name);
      readers.see(show(name));
    }
    await settle();
    readers.lose('pod-b');
    pods.get('pod-a')?.remove();
    readers.lose('pod-a');
    await readers.done();
    expect(pods.get('pod-b')?.queries).toEqual([]);
    expect(notes.filter((note) => note.includes('may be missing'))).toEqual([]);
  });
});

test('news of a pod that change nothing for its log wake nobody', async () => {
  const world = newWorld();
  const { readers, add, show } = world;
  const node = add('pod-a');
  node.end();
  node.report();
  readers.see(show('pod-a'));
  await settle(60);
  const asked = node.queries.length;
  for (let times = 0; times < 20; times += 1) {
    readers.see(show('pod-a'), true);
    await settle(2);
  }
  expect(node.queries).toHaveLength(asked);
  await world.stop();
});
