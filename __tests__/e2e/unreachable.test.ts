import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import { temporaryFolder } from '../support/files';
import { s, sYaml, type Run } from '../support/s';
import { answer, startTlsServer, type TlsServer } from '../support/tls-server';

const props = { image: 'r/i:v1', serving: { template: { containers: [{ name: 'function' }] } } };
const token = 'secret-token-of-the-test';

/** Runs a command in a folder whose kubeconfig leads to this server. */
function run(command: string, kubeconfig: object | undefined, args: string[] = []): Promise<Run> {
  const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: props }), ...(kubeconfig && { config: kubeconfig }) });
  return s([command, ...args], { cwd, env: kubeconfig ? { KUBECONFIG: `${cwd}/config` } : {} });
}

function expectFailure({ exitCode, output }: Run, message: string | RegExp): void {
  expect(output).toMatch(message);
  expect(output).toMatch(/What to do: /);
  expect(output).not.toContain(token);
  expect(output).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(101);
}

const commands = ['deploy', 'plan', 'info', 'remove'];

test.each(commands)('s %s without any kubeconfig', async (command) => {
  expectFailure(await run(command, undefined), 'No cluster is configured.');
});

test('an unknown context', async () => {
  const kubeconfig = toKubeconfig({ server: 'https://127.0.0.1:1', ca: '', token });
  expectFailure(await run('deploy', kubeconfig, ['--context=tets']), /has no context "tets"[^]*Did you mean "test"\?/);
});

test('a kubeconfig flag that leads nowhere', async () => {
  expectFailure(await run('deploy', undefined, ['--kubeconfig=none']), /The kubeconfig file .*none does not exist\./);
});

test('nothing listens: with -o json, too', async () => {
  const kubeconfig = toKubeconfig({ server: 'https://127.0.0.1:1', ca: '', token });
  const runs = await Promise.all([
    ...commands.map((command) => run(command, kubeconfig)),
    run('deploy', kubeconfig, ['-o', 'json']),
  ]);
  for (const result of runs) expectFailure(result, 'Cannot reach the cluster at https://127.0.0.1:1.');
});

test('a host that does not exist', async () => {
  const kubeconfig = toKubeconfig({ server: 'https://no-such-host.invalid', ca: '', token });
  expectFailure(await run('info', kubeconfig), /no-such-host\.invalid (is unknown|could not be looked up)/);
});

describe('a server that answers', () => {
  let server: TlsServer;
  let code = 401;
  let body: object = {};
  beforeAll(async () => {
    server = await startTlsServer((_request, response) => answer(response, code, body));
  });
  afterAll(() => server.close());

  test.each(commands)('s %s does not trust a certificate of an unknown CA', async (command) => {
    expectFailure(
      await run(command, toKubeconfig({ server: server.url, ca: '', token })),
      'The certificate of the server is not trusted',
    );
    expect(server.requests).toEqual([]);
  });

  test.each(commands)('s %s says when the credentials are not accepted', async (command) => {
    code = 401;
    body = { kind: 'Status', message: 'Unauthorized' };
    expectFailure(
      await run(command, toKubeconfig({ server: server.url, ca: server.ca, token })),
      'Not logged in to the cluster of context "test".',
    );
  });

  test.each(commands)('s %s says when OpenFunction is not installed', async (command) => {
    code = 404;
    body = { kind: 'Status', message: 'the server could not find the requested resource', details: {} };
    expectFailure(
      await run(command, toKubeconfig({ server: server.url, ca: server.ca, token })),
      'OpenFunction is not installed on this cluster.',
    );
  });
});
