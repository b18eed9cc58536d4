import { createAdmin } from '../../scripts/control-plane/admin';
import { startSandbox } from '../../sandbox';

/** What the parent asks for, and what it is told. */
export interface ChattyFacts {
  kubeconfig: object;
  /** The function whose pods write. */
  name: string;
  serving: string;
}

export interface ChattyOrder {
  linesPerSecond: number;
  seconds: number;
}

const name = 'chatty';
const serving = 'serving-chatty';
/** Milliseconds between two times that all pods write. */
const turn = 50;
/** What makes a line as long as those of programs are: about 100 characters. */
const filling = 'The quick brown fox jumps over the lazy dog, and so on, as programs do.';

/** A sandbox in a process of its own, with a function whose pods write numbered lines when they are told to. */
async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 50);
  const sandbox = await startSandbox({ openfunction: '1.2', scenario: { openfunctionWorks: false } });
  const admin = createAdmin({ ...sandbox, token: sandbox.tokens.admin });
  const create = async (path: string, body: object, status: object): Promise<string> => {
    const { status: code, body: created } = await admin.request('POST', path, body);
    if (code !== 201) throw new Error(`${path}: ${JSON.stringify(created)}`);
    const { metadata } = created as { metadata: { name: string; uid: string } };
    await admin.request('PATCH', `${path}/${metadata.name}/status`, { status }, 'application/merge-patch+json');
    return metadata.uid;
  };

  await create(
    '/apis/core.openfunction.io/v1beta2/namespaces/default/functions',
    {
      apiVersion: 'core.openfunction.io/v1beta2',
      kind: 'Function',
      metadata: { name },
      spec: { image: 'example.com/chatty:v1', serving: { triggers: { http: {} } } },
    },
    { build: { state: 'Skipped' }, serving: { state: 'Running', resourceRef: serving } },
  );
  const env = [{ name: 'FUNC_CONTEXT', value: JSON.stringify({ name }) }];
  const pods = Array.from({ length: count }, (_, index) => `${serving}-deployment-${String(index).padStart(4, '0')}`);
  const uids: string[] = [];
  for (const pod of pods) {
    const uid = await create(
      '/api/v1/namespaces/default/pods',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: pod, labels: { 'openfunction.io/serving': serving } },
        spec: { nodeName: 'node', containers: [{ name: 'function', image: 'example.com/chatty:v1', env }] },
      },
      {
        phase: 'Running',
        containerStatuses: [{ name: 'function', restartCount: 0, ready: true, state: { running: {} } }],
      },
    );
    uids.push(uid);
  }

  const write = ({ linesPerSecond, seconds }: ChattyOrder): void => {
    const total = Math.floor((linesPerSecond * seconds) / count);
    const begin = performance.now();
    let lines = 0;
    const timer = setInterval(() => {
      const due = Math.min(Math.floor((((performance.now() - begin) / 1000) * linesPerSecond) / count), total);
      for (; lines < due; lines += 1) {
        for (const uid of uids) sandbox.logs.write(uid, 'function', `line ${lines} ${filling}`);
      }
      if (lines < total) return;
      clearInterval(timer);
      process.send?.({ written: lines });
    }, turn);
  };
  process.on('message', (order) => write(order as ChattyOrder));
  process.on('disconnect', () => process.exit());
  process.send?.({ kubeconfig: sandbox.kubeconfig, name, serving } satisfies ChattyFacts);
}

void main();
