import { decodeFunction } from '../../sandbox/openfunction/conversion/decode';
import { hasConformance, readCrds } from '../../scripts/control-plane/crds';
import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import type { Admin } from '../../scripts/control-plane/admin';
import { admin, functionPath, hello, newProject } from '../support/cluster';
import { publishedFunctions, toProps } from '../support/conformance';
import { temporaryFolder } from '../support/files';
import { makeSecrets } from '../support/functions';
import { startOtherPlane, type OtherPlane } from '../support/planes';
import { asDeployer, grant, rightsIn } from '../support/rights';
import { s, sYaml, type Run } from '../support/s';

// Dozens of functions, one after the other.
jest.setTimeout(600_000);

const published = publishedFunctions();
const testWithData = hasConformance() ? test : test.skip;

/** All published Functions as resources of one s.yaml, each in a namespace of its own: names repeat. */
const resources = Object.fromEntries(
  published.map((item, index) => [`f${index}`, { ...toProps(item), namespace: `published-${index}` }]),
);

async function makeNamespaces(to: Admin): Promise<void> {
  for (const [index] of published.entries()) await makeSecrets(to, `published-${index}`);
}

describe('OpenFunction 1.0.0', () => {
  testWithData('all published Functions are applied as they are, and applied again change nothing', async () => {
    const project = await newProject(resources);
    await makeNamespaces(admin);
    for (const [index] of published.entries()) await project.allowIn(`published-${index}`);
    const first = await project.s('deploy', '--no-wait');
    expect(first.output.match(/Function ".*" created/g)).toHaveLength(published.length);
    expect(first.exitCode).toBe(0);
    // As many as there are looks at once, for all functions together.
    expect(project.connections()).toBeLessThanOrEqual(4);
    for (const [index, { manifest }] of published.entries()) {
      const { body } = await admin.request('GET', functionPath(`published-${index}`, manifest.metadata.name));
      const { namespace: _own, ...metadata } = manifest.metadata;
      // The webhooks write durations as Go does.
      expect(decodeFunction(body)).toMatchObject(decodeFunction({ metadata, spec: manifest.spec }));
    }

    const second = await project.s('deploy', '--no-wait');
    expect(second.output.match(/Function ".*" unchanged/g)).toHaveLength(published.length);
    expect(project.requests().filter((request) => request.startsWith('patch /apis/')).length).toBe(
      2 * published.length,
    );
    expect(project.connections()).toBeLessThanOrEqual(4);
  });
});

describe('other clusters', () => {
  let plane: OtherPlane;
  let folder: string;
  beforeAll(async () => {
    plane = await startOtherPlane();
    const config = toKubeconfig({ ...plane, token: plane.tokens.admin });
    const users = [{ name: 'test', user: asDeployer(plane.tokens.admin, 'default') }];
    await plane.admin.request('POST', '/api/v1/namespaces', { metadata: { name: 'openfunction' } });
    await grant(plane.admin, rightsIn('default'));
    folder = temporaryFolder({
      config: { ...config, users },
      's.yaml': sYaml({ hello: hello() }),
      'all.yaml': sYaml(resources),
    });
  });
  afterAll(() => plane.stop());

  const run = (...args: string[]): Promise<Run> => s(args, { cwd: folder, env: { KUBECONFIG: `${folder}/config` } });

  test('without OpenFunction every command says so', async () => {
    for (const command of ['deploy', 'plan', 'info', 'remove']) {
      const { exitCode, output } = await run(command, '-y');
      expect(exitCode).toBe(101);
      expect(output).toContain('OpenFunction is not installed on this cluster.');
    }
  });

  testWithData(
    'OpenFunction 0.6.0: all published Functions are applied; fields that it does not know are named',
    async () => {
      await plane.admin.installCrds(readCrds('v0.6.0'));
      await makeNamespaces(plane.admin);
      for (const [index] of published.entries()) await grant(plane.admin, rightsIn(`published-${index}`, 'default'));
      const first = await run('deploy', '--no-wait', '-t', 'all.yaml');
      expect(first.output.match(/Function ".*" created/g)).toHaveLength(published.length);
      expect(first.exitCode).toBe(0);
      const second = await run('deploy', '--no-wait', '-t', 'all.yaml');
      const withRoute = published.filter(({ manifest }) => manifest.spec['route'] !== undefined);
      expect(second.output.match(/Function ".*" unchanged/g)).toHaveLength(published.length);
      expect(second.output.match(/props\.route was dropped: this cluster does not know it\./g)).toHaveLength(
        withRoute.length,
      );
      expect((await run('info')).output).toContain('does not exist');
    },
  );
});
