import { homedir } from 'node:os';
import schema from '../../../schema.json';
import { packArguments } from '../../../src/build/pack/arguments';
import { descriptorWithout } from '../../../src/build/pack/descriptor';
import { missingPack } from '../../../src/build/pack/missing';
import type { Pack } from '../../../src/props/generated/types';

const image = 'registry.example.com/me/hello:v1';
const builder = 'openfunction/builder-node:v2-16.15';

function argumentsOf(pack: Partial<Pack>, more: Partial<Parameters<typeof packArguments>[0]> = {}) {
  return packArguments({
    image,
    pack: { builder, ...pack },
    baseDirectory: '/project',
    descriptor: undefined,
    reportDirectory: '/tmp/report',
    usesColour: false,
    ...more,
  });
}

/** What a prop adds to the arguments of a build without it. */
function added(pack: Partial<Pack>): string[] {
  return argumentsOf(pack).args.slice(argumentsOf({}).args.length);
}

/**
 * The flags of `pack build` with whether they take a value, as their reference lists them.
 * Source: https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/cli/pack_build/ (pack 0.36).
 */
const documented = new Map<string, boolean>([
  ...['builder', 'buildpack', 'buildpack-registry', 'cache', 'cache-image', 'creation-time', 'default-process', 'descriptor', 'docker-host', 'env', 'env-file', 'extension', 'gid', 'lifecycle-image', 'network', 'path', 'platform', 'post-buildpack', 'pre-buildpack', 'previous-image', 'pull-policy', 'report-output-dir', 'run-image', 'sbom-output-dir', 'tag', 'uid', 'volume', 'workspace'].map((name) => [`--${name}`, true] as const), // prettier-ignore
  ...['clear-cache', 'interactive', 'publish', 'trust-builder', 'trust-extra-buildpacks', 'force-color', 'no-color', 'quiet', 'timestamps', 'verbose'].map((name) => [`--${name}`, false] as const), // prettier-ignore
]);

const everything: Partial<Pack> = {
  path: 'src',
  env: { FUNC_NAME: 'hello' },
  buildpacks: ['a/b@1'],
  descriptor: 'project.toml',
  publish: true,
  platform: 'linux/amd64',
  defaultProcess: 'web',
  trustBuilder: true,
  cacheImage: 'hello:cache',
  volumes: ['./a:/b'],
  network: 'host',
};

test('the command of the examples', () => {
  const { args, env } = argumentsOf({ path: './src', env: { FUNC_NAME: 'tryKnative' } });
  expect(args).toEqual(['build', image, '--builder', builder, '--path', '/project/src', '--env', 'FUNC_NAME']);
  expect(env).toEqual({ FUNC_NAME: 'tryKnative' });
});

test.each<[Partial<Pack>, string[]]>([
  [{ buildpacks: ['a/b@1', './mine'] }, ['--buildpack', 'a/b@1', '--buildpack', './mine']],
  [{ publish: true }, ['--publish']],
  [{ publish: false }, []],
  [{ platform: 'linux/amd64' }, ['--platform', 'linux/amd64']],
  [{ defaultProcess: 'web' }, ['--default-process', 'web']],
  [{ trustBuilder: true }, ['--trust-builder=true']],
  [{ trustBuilder: false }, ['--trust-builder=false']],
  [{ cacheImage: 'hello:cache' }, ['--cache-image', 'hello:cache']],
  [{ network: 'host' }, ['--network', 'host']],
  [{ volumes: ['./certs:/certs:ro', '../a:/a', 'name:/b', '/abs:/c', 'C:\\x:/d'] }, ['--volume', '/project/certs:/certs:ro', '--volume', '/a:/a', '--volume', 'name:/b', '--volume', '/abs:/c', '--volume', 'C:\\x:/d']], // prettier-ignore
  [{ volumes: ['~/certs:/certs'] }, ['--volume', `${homedir()}/certs:/certs`]],
  [{ args: ['--pull-policy', 'if-not-present'] }, ['--pull-policy', 'if-not-present']],
])('%j', (pack, expected) => {
  expect(added(pack)).toEqual(expected);
});

test('values of variables are no arguments, whatever their type and content', () => {
  const { args, env } = argumentsOf({
    env: { TOKEN: 'hunter2', PORT: 8080, DEBUG: true, TEXT: 'a b\n$(c)=d', EMPTY: '' },
  });
  expect(env).toEqual({ TOKEN: 'hunter2', PORT: '8080', DEBUG: 'true', TEXT: 'a b\n$(c)=d', EMPTY: '' });
  expect(args.filter((arg) => arg !== '--env').slice(-5)).toEqual(['TOKEN', 'PORT', 'DEBUG', 'TEXT', 'EMPTY']);
});

test('variables by which pack and Docker go themselves are arguments, unless they hold a secret', () => {
  const { args, env } = argumentsOf({
    env: { PATH: '/x', DOCKER_HOST: 'tcp://x', http_proxy: 'http://proxy', HTTPS_PROXY: 'http://me:hunter2@proxy' },
  });
  expect(args.join(' ')).toContain(
    '--env PATH=/x --env DOCKER_HOST=tcp://x --env http_proxy=http://proxy --env HTTPS_PROXY',
  );
  expect(args.join(' ')).not.toContain('hunter2');
  expect(env).toEqual({ HTTPS_PROXY: 'http://me:hunter2@proxy' });
});

test('all flags are in the reference of pack build, with and without values as there', () => {
  const { args, optional } = argumentsOf(everything, { descriptor: '/project/project.toml', usesColour: true });
  const flags = [...args.slice(2), ...optional.flat()];
  const used = flags.filter((arg) => arg.startsWith('--')).map((arg) => arg.split('=')[0] ?? '');
  expect(used.filter((name) => !documented.has(name))).toEqual([]);
  flags.forEach((arg, index) => {
    if (!arg.startsWith('--')) return;
    const hasValue = flags[index + 1]?.startsWith('--') === false;
    expect([arg, hasValue]).toEqual([arg, documented.get(arg.split('=')[0] ?? '')]);
  });
});

test('every prop of pack makes a difference, but for those that are about ofn itself', () => {
  const names = Object.keys(schema.definitions.pack.properties);
  const handled = [...Object.keys(everything), 'builder', 'args', 'command'];
  expect(names.filter((name) => !handled.includes(name))).toEqual([]);
});

test('colours are asked for on a terminal', () => {
  expect(argumentsOf({}).optional).toEqual([['--report-output-dir', '/tmp/report']]);
  expect(argumentsOf({}, { usesColour: true }).optional).toContainEqual(['--force-color']);
});

test('a descriptor names exactly what is left out, also where names look like patterns', () => {
  expect(descriptorWithout(['node_modules/', 'a (1).log', 'b+c.[x]', '$d'])).toBe(`[_]
schema-version = "0.2"

[io.buildpacks]
exclude = [
  "/node_modules/",
  "/a \\\\(1\\\\).log",
  "/b\\\\+c.\\\\[x\\\\]",
  "/\\\\$d",
]
`);
});

test.each<[NodeJS.Platform, string]>([
  ['darwin', 'brew install buildpacks/tap/pack'],
  ['win32', 'choco install pack'],
  ['linux', 'add-apt-repository ppa:cncf-buildpacks/pack-cli'],
  ['freebsd', 'see https://buildpacks.io'],
])('how pack is installed on %s', (platform, command) => {
  expect(missingPack('pack', platform).message).toContain(command);
});
