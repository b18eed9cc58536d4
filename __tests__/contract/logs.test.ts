import https, { type RequestOptions } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { admin, plane } from '../support/cluster';
import { startKubelet, type StubKubelet } from '../support/kubelet';
import { get } from './support/client';
import { badRequest, failure, newWorld, randomName, type World } from './support/world';

let kubelet: StubKubelet;
let world: World;
beforeAll(async () => {
  kubelet = await startKubelet(admin, randomName('node'));
});
afterAll(() => kubelet.stop());
beforeEach(async () => {
  world = await newWorld();
});

/** A pod that runs, with a name of its own. */
async function runPod(containers: readonly string[] = ['main']): Promise<string> {
  const name = randomName('pod');
  await kubelet.run(world.namespace, name, { containers });
  return name;
}

const logPath = (pod: string, query = ''): string => `${world.core('pods', pod)}/log?container=main${query}`;

interface Following {
  /** Whether the answer has begun. */
  hasBegun: () => boolean;
  text: () => string;
  ended: Promise<void>;
  close: () => void;
}

function follow(path: string): Following {
  let hasBegun = false;
  let text = '';
  const options: RequestOptions = { ca: plane.ca, agent: false };
  options.headers = { Authorization: `Bearer ${plane.tokens.admin}` };
  const request = https.get(new URL(path, plane.server), options);
  const ended = new Promise<void>((resolve) => {
    request.on('error', () => resolve());
    request.on('response', (response) => {
      hasBegun = true;
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('error', () => resolve()).on('end', resolve);
    });
  });
  return { hasBegun: () => hasBegun, text: () => text, ended, close: () => request.destroy() };
}

async function until(fits: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!fits() && Date.now() < deadline) await pause(20);
  expect(fits()).toBe(true);
}

describe('the log of a container that runs', () => {
  test('is what it has written, with times where they are asked for', async () => {
    const pod = await runPod();
    kubelet.write(pod, 'main', 'one', 'zwölf 函数', '');
    expect((await get(logPath(pod))).text).toBe('one\nzwölf 函数\n\n');
    const { text, headers } = await get(logPath(pod, '&timestamps=true'));
    expect(headers['content-type']).toBe('text/plain');
    expect(text).toMatch(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z .*\n){3}$/);
  });

  test('is cut to its last lines, and to those since a whole second', async () => {
    const pod = await runPod();
    kubelet.write(pod, 'main', 'one', 'two', 'three');
    expect((await get(logPath(pod, '&tailLines=2'))).text).toBe('two\nthree\n');
    expect((await get(logPath(pod, '&tailLines=0'))).text).toBe('');
    await get(logPath(pod, '&sinceTime=2026-01-01T08:00:00.987654321%2B08:00'));
    const asked = new URL(kubelet.requests.at(-1) ?? '', 'https://kubelet').searchParams.get('sinceTime');
    expect(asked).toBe('2026-01-01T00:00:00Z');
    expect((await get(logPath(pod, '&sinceTime=2999-01-01T00:00:00Z'))).text).toBe('');
  });

  test('goes on when it is followed, until the container ends', async () => {
    const pod = await runPod();
    kubelet.write(pod, 'main', 'one');
    const following = follow(logPath(pod, '&follow=true'));
    await until(() => following.text() === 'one\n');
    kubelet.write(pod, 'main', 'two');
    await until(() => following.text() === 'one\ntwo\n');
    await kubelet.restart(world.namespace, pod, 'main');
    await following.ended;
    kubelet.write(pod, 'main', 'of the next run');
    expect(following.text()).toBe('one\ntwo\n');
  });

  test('begins its answer with the first line, so that silence is no failure', async () => {
    const pod = await runPod();
    const following = follow(logPath(pod, '&follow=true'));
    await pause(500);
    expect(following.hasBegun()).toBe(false);
    kubelet.write(pod, 'main', 'one');
    await until(() => following.text() === 'one\n');
    following.close();
  });

  test('ends or breaks where its kubelet goes away', async () => {
    const pod = await runPod();
    kubelet.write(pod, 'main', 'one');
    const following = follow(logPath(pod, '&follow=true'));
    await until(() => following.text() === 'one\n');
    kubelet.breakConnections();
    await following.ended;
    expect(following.text()).toBe('one\n');
  });
});

describe('a container that was started again', () => {
  test('has the log of this run and of the one before', async () => {
    const pod = await runPod();
    kubelet.write(pod, 'main', 'first');
    await kubelet.restart(world.namespace, pod, 'main');
    kubelet.write(pod, 'main', 'second');
    expect((await get(logPath(pod))).text).toBe('second\n');
    expect((await get(logPath(pod, '&previous=true'))).text).toBe('first\n');
    await kubelet.restart(world.namespace, pod, 'main');
    expect((await get(logPath(pod, '&previous=true'))).text).toBe('second\n');
  });

  test('has none of a run before where there was none', async () => {
    const pod = await runPod();
    expect(failure(await get(logPath(pod, '&previous=true')))).toEqual(
      badRequest(`previous terminated container "main" in pod "${pod}" not found`),
    );
  });
});

test('after a rotation only the new file can be asked for', async () => {
  const pod = await runPod();
  kubelet.write(pod, 'main', 'old');
  const following = follow(logPath(pod, '&follow=true'));
  await until(() => following.text() === 'old\n');
  kubelet.rotate(pod, 'main');
  kubelet.write(pod, 'main', 'new');
  await until(() => following.text() === 'old\nnew\n');
  expect((await get(logPath(pod))).text).toBe('new\n');
  following.close();
});
