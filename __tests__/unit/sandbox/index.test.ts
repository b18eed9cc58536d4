import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox } from '../../../sandbox';
import { manualClock } from '../../../sandbox/apiserver/clock';
import { temporaryFolder } from '../../support/files';
import { functionPath, simulate, specs, start } from './support/cluster';
import { ask } from './support/wire';

test('a new sandbox has what a cluster with OpenFunction has', async () => {
  const { sandbox, all } = await simulate();
  expect(all('namespaces.').map(({ metadata }) => metadata.name)).toEqual(['default', 'kube-system', 'openfunction']);
  expect(all('clusterbuildstrategies.shipwright.io').map(({ metadata }) => metadata.name)).toEqual([
    'buildah',
    'kaniko',
    'ko',
    'openfunction',
    'wasmedge',
  ]);
  expect((await ask(sandbox, 'GET', functionPath())).status).toBe(200);
});

test('a sandbox without OpenFunction knows no Functions', async () => {
  const sandbox = await start();
  const { status, text } = await ask(sandbox, 'GET', functionPath());
  expect([status, text]).toEqual([404, '404 page not found\n']);
  expect((await ask(sandbox, 'GET', '/apis/core.openfunction.io')).status).toBe(404);
});

test.each([
  ['1.20', '20'],
  ['1.27', '27'],
] as const)('it may be Kubernetes %s', async (kubernetes, minor) => {
  const { text } = await ask(await start({ kubernetes }), 'GET', '/version');
  expect(JSON.parse(text)).toMatchObject({ major: '1', minor });
});

test('its kubeconfig tells where it is and who the administrator is', async () => {
  const { kubeconfig, server, ca, tokens } = await start();
  expect(kubeconfig).toMatchObject({
    clusters: [{ cluster: { server, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ user: { token: tokens.admin } }],
    contexts: [{ context: { namespace: 'default' } }],
  });
});

test('it remembers requests, in memory and in a file', async () => {
  const folder = temporaryFolder();
  const auditLog = path.join(folder, 'audit.log');
  const sandbox = await startSandbox({ openfunction: '1.2', controllers: false, auditLog });
  await ask(sandbox, 'GET', functionPath());
  await ask(sandbox, 'GET', `${functionPath()}/absent`, { token: sandbox.tokens.nobody });
  await sandbox.stop();
  const expected = [
    { verb: 'list', requestURI: functionPath(), user: { username: 'admin' }, responseStatus: { code: 200 } },
    {
      verb: 'get',
      requestURI: `${functionPath()}/absent`,
      user: { username: 'nobody' },
      responseStatus: { code: 403 },
    },
  ];
  expect(sandbox.requests()).toMatchObject(expected);
  const lines = readFileSync(auditLog, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject(expected);
});

test('a stopped sandbox is done: nothing happens in it, and nobody reaches it', async () => {
  const clock = manualClock();
  const sandbox = await start({ openfunction: '1.2', clock, scenario: { fates: { '*': { pods: 'crash' } } } });
  const body = {
    apiVersion: 'core.openfunction.io/v1beta2',
    kind: 'Function',
    metadata: { name: 'f' },
    spec: specs.built,
  };
  await ask(sandbox, 'POST', functionPath(), { body });
  clock.advance(60_000);
  const version = sandbox.state.store.resourceVersion();
  clock.advance(60_000);
  expect(sandbox.state.store.resourceVersion()).toBeGreaterThan(version);
  await sandbox.stop();
  const last = sandbox.state.store.resourceVersion();
  clock.advance(3_600_000);
  expect(sandbox.state.store.resourceVersion()).toBe(last);
  await expect(ask(sandbox, 'GET', '/version')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
