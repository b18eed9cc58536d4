import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dockerLogin } from '../../src/registry/docker-login';
import { digestOfTag } from '../../src/registry/digest';
import { pushImage } from '../../src/registry/push';
import { openRegistry } from '../../src/registry/registry';
import type { Registry } from '../../src/registry/types';
import { bundleOf, type Bundle } from '../../src/source/bundle';
import { readSource } from '../../src/source/source';
import { after, before, cuttingRelay } from '../support/cutting-relay';
import { temporaryFolder } from '../support/files';
import { startTokenServer } from '../support/token-server';
import { describeWithRegistry, startRegistry, user, type TestRegistry } from '../support/registry';

const source = { 'index.mjs': 'export const hello = () => {};\n', 'lib/a.mjs': 'export {};\n' };

async function bundle(folder = temporaryFolder(source)): Promise<Bundle> {
  const { tree } = await readSource(folder, { followsLinks: true });
  return bundleOf(tree);
}

/** A Docker configuration with a login for a registry, in use until the test ends. */
function dockerConfig(content: object): string {
  const folder = temporaryFolder({ 'config.json': content });
  process.env['DOCKER_CONFIG'] = folder;
  return folder;
}

afterEach(() => {
  delete process.env['DOCKER_CONFIG'];
  for (const registry of opened.splice(0)) registry.close();
});

const opened: Registry[] = [];

async function open(host: string): Promise<Registry> {
  const registry = openRegistry(host, { login: await dockerLogin(host) });
  opened.push(registry);
  return registry;
}

const auth = Buffer.from(`${user.username}:${user.password}`).toString('base64');

/** What skopeo, which knows nothing of ofn, finds in the registry. */
function inspect(registry: TestRegistry, image: string, ...args: string[]): string {
  return execFileSync('skopeo', ['inspect', '--tls-verify=false', ...args, `docker://${registry.host}/${image}`], {
    encoding: 'utf8',
  });
}

describeWithRegistry('a bundle that is pushed to a real registry', () => {
  test('is an image of one layer, under its digest and its tag', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    const pushed = await bundle();
    const sent = await pushImage(await open(registry.host), pushed, { repository: 'me/hello', tag: 'source' });
    expect(sent).toBe(pushed.manifest.content.length + pushed.blobs.reduce((sum, { size }) => sum + size, 0));

    const raw = inspect(registry, 'me/hello:source', '--raw');
    expect(raw).toBe(pushed.manifest.content.toString());
    expect(JSON.parse(inspect(registry, `me/hello@${pushed.manifest.digest}`))).toMatchObject({
      Digest: pushed.manifest.digest,
      Os: 'linux',
      Layers: [pushed.blobs[0]?.digest],
    });
    expect(JSON.parse(raw)).toMatchObject({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar' }],
    });
    expect(await digestOfTag(await open(registry.host), 'me/hello', 'source')).toBe(pushed.manifest.digest);
  });

  test('holds the files, without times and owners', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    const pushed = await bundle();
    await pushImage(await open(registry.host), pushed, { repository: 'me/hello', tag: 'source' });
    const folder = temporaryFolder();
    execFileSync('skopeo', ['copy', '--src-tls-verify=false', `docker://${registry.host}/me/hello:source`, `dir:${folder}`]); // prettier-ignore
    const layer = path.join(folder, (pushed.blobs[0]?.digest ?? '').replace('sha256:', ''));
    const listing = execFileSync('tar', ['-tvf', layer, '--numeric-owner', '--full-time'], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC' },
    });
    expect(listing).toBe(
      [
        '-rw-r--r-- 0/0              31 1970-01-01 00:00:00 index.mjs',
        'drwxr-xr-x 0/0               0 1970-01-01 00:00:00 lib/',
        '-rw-r--r-- 0/0              11 1970-01-01 00:00:00 lib/a.mjs',
        '',
      ].join('\n'),
    );
  });

  test('is not sent a second time: one question, no upload', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    const client = await open(registry.host);
    const first = await bundle();
    await pushImage(client, first, { repository: 'me/hello', tag: 'source' });
    expect(await registry.requests()).toContain('PATCH /v2/me/hello/blobs/uploads/… 202');

    // The same content in another folder, written at another time.
    const again = await bundle(temporaryFolder(source));
    expect(again.manifest.digest).toBe(first.manifest.digest);
    expect(await pushImage(client, again, { repository: 'me/hello', tag: 'source' })).toBe(0);
    expect(await registry.requests()).toEqual(['HEAD /v2/me/hello/manifests/source 200']);
  });

  test('with a change sends only what is new', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    const client = await open(registry.host);
    const first = await bundle();
    await pushImage(client, first, { repository: 'me/hello', tag: 'a' });
    await pushImage(client, first, { repository: 'me/other', tag: 'a' });
    await registry.requests();
    const second = await bundle(temporaryFolder({ ...source, 'b.mjs': '' }));
    await pushImage(client, second, { repository: 'me/hello', tag: 'a' });
    expect((await registry.requests()).filter((request) => request.startsWith('PATCH'))).toHaveLength(2);
  });

  test.each([{ tls: false }, { tls: true }])('goes to one that wants a login: %j', async ({ tls }) => {
    const registry = await startRegistry({ auth: true, tls });
    const folder = dockerConfig({ auths: { [registry.host]: { auth } } });
    if (registry.authority !== undefined) {
      mkdirSync(`${folder}/certs.d/${registry.host}`, { recursive: true });
      writeFileSync(`${folder}/certs.d/${registry.host}/ca.crt`, registry.authority);
    }
    const pushed = await bundle();
    await pushImage(await open(registry.host), pushed, { repository: 'me/hello', tag: 'source' });
    const credentials = ['--creds', `${user.username}:${user.password}`];
    expect(JSON.parse(inspect(registry, 'me/hello:source', ...credentials))).toMatchObject({
      Digest: pushed.manifest.digest,
    });
  });

  test.each([
    { login: { auth }, method: 'GET' },
    { login: { identitytoken: 'refresh-me' }, method: 'POST' },
  ])('goes to one that wants a token: $method', async ({ login, method }) => {
    const tokens = await startTokenServer([auth, 'refresh-me']);
    const registry = await startRegistry({ tokens });
    dockerConfig({ auths: { [registry.host]: login } });
    await pushImage(await open(registry.host), await bundle(), { repository: 'me/hello', tag: 'source' });
    tokens.close();
    expect(await registry.requests()).toContain('PUT /v2/me/hello/manifests/source 201');
    // One token is enough for all requests of a push.
    expect(tokens.requests).toHaveLength(1);
    expect(tokens.requests[0]).toMatchObject({ method });
    expect(tokens.requests[0]?.parameters.get('scope')).toBe('repository:me/hello:pull,push');
  });

  test('is refused where no token is given', async () => {
    const tokens = await startTokenServer([]);
    const registry = await startRegistry({ tokens });
    dockerConfig({ auths: { [registry.host]: { auth } } });
    const push = pushImage(await open(registry.host), await bundle(), { repository: 'me/hello', tag: 'source' });
    await expect(push).rejects.toThrow(`The registry ${registry.host} gives no token for me/hello.`);
    tokens.close();
  });

  test('is refused without a login, and with a wrong one, which is not told', async () => {
    const registry = await startRegistry({ auth: true });
    dockerConfig({});
    const push = async () =>
      pushImage(await open(registry.host), await bundle(), { repository: 'me/hello', tag: 'source' });
    await expect(push()).rejects.toThrow(
      [
        `Cannot push to ${registry.host}/me/hello.`,
        'Why: The registry answered 401.',
        `What to do: Log in first: docker login ${registry.host}`,
      ].join('\n'),
    );
    const folder = dockerConfig({ auths: { [registry.host]: { auth: Buffer.from('me:hunter3').toString('base64') } } });
    const refused = await push().catch((error: unknown) => (error as Error).message);
    expect(refused).toContain(`It does not take the login of ${folder}/config.json: a wrong password`);
    expect(refused).not.toContain('hunter3');
  });

  test('is refused by a registry whose certificate nobody knows', async () => {
    const registry = await startRegistry({ tls: true });
    dockerConfig({});
    const push = pushImage(await open(registry.host), await bundle(), { repository: 'me/hello', tag: 'source' });
    await expect(push).rejects.toThrow(`put that of its authority at /etc/docker/certs.d/${registry.host}/ca.crt`);
  });

  test('tells when there is no registry', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    registry.stop();
    const push = pushImage(await open(registry.host), await bundle(), { repository: 'me/hello', tag: 'source' });
    await expect(push).rejects.toThrow(`Cannot reach the registry ${registry.host}.`);
  });

  async function largeBundle(): Promise<Bundle> {
    const folder = temporaryFolder({ 'a.mjs': '' });
    writeFileSync(`${folder}/big.bin`, randomBytes(15_000_000));
    return bundle(folder);
  }

  /** The requests for the first blob. */
  async function uploadsOf(registry: TestRegistry): Promise<string[]> {
    const requests = (await registry.requests()).filter((request) => request.includes('uploads'));
    return requests.slice(0, requests.findIndex((request) => request.startsWith('PUT')) + 1);
  }

  test('goes as one stream', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    await pushImage(await open(registry.host), await largeBundle(), { repository: 'me/hello', tag: 'source' });
    expect(await uploadsOf(registry)).toEqual([
      'POST /v2/me/hello/blobs/uploads/ 202',
      'PATCH /v2/me/hello/blobs/uploads/… 202',
      'PUT /v2/me/hello/blobs/uploads/… 201',
    ]);
  });

  test('that breaks off and is lost goes in pieces, of which none is sent twice', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    const pushed = await largeBundle();
    const relay = await cuttingRelay(registry.host, [after(9_000_000), before('PATCH', 3), before('PATCH', 2)]);
    await pushImage(await open(relay.host), pushed, { repository: 'me/hello', tag: 'source' });
    relay.close();
    expect(relay.cuts()).toBe(3);
    expect(await uploadsOf(registry)).toEqual([
      'POST /v2/me/hello/blobs/uploads/ 202',
      'PATCH /v2/me/hello/blobs/uploads/… 500',
      'GET /v2/me/hello/blobs/uploads/… 404',
      'POST /v2/me/hello/blobs/uploads/ 202',
      'PATCH /v2/me/hello/blobs/uploads/… 202',
      'PATCH /v2/me/hello/blobs/uploads/… 202',
      'GET /v2/me/hello/blobs/uploads/… 204',
      'PATCH /v2/me/hello/blobs/uploads/… 202',
      'GET /v2/me/hello/blobs/uploads/… 204',
      'PATCH /v2/me/hello/blobs/uploads/… 202',
      'PUT /v2/me/hello/blobs/uploads/… 201',
    ]);
    expect(JSON.parse(inspect(registry, 'me/hello:source'))).toMatchObject({ Digest: pushed.manifest.digest });
  });

  test('that always breaks off is given up', async () => {
    dockerConfig({});
    const registry = await startRegistry();
    const cuts = Array.from({ length: 100 }, () => after(6_000_000));
    const relay = await cuttingRelay(registry.host, cuts);
    const push = pushImage(await open(relay.host), await largeBundle(), { repository: 'me/hello', tag: 'source' });
    await expect(push).rejects.toThrow(`Cannot reach the registry ${relay.host}.`);
    relay.close();
    expect(relay.cuts()).toBeLessThan(8);
  });
});
