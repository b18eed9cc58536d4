import fc from 'fast-check';
import type { Path } from '../../../src/path';
import { isRecord, valueAt } from '../../../src/record';
import { changed, pathsIn } from './places-of';

/** What must never be told; a name in Kubernetes, so that it shows where names are suggested, too. */
export const secret = 'pl4nt3d-s3cr3t';

const login = fc
  .constantFrom('https://me:', 'mqtt://', 'redis://:', 'postgres://me:a@b/')
  .map((start) => `${start}${secret}@example.com/x`);
const hidden = fc.oneof(fc.constant(secret), login);

/** Places of secrets; what is not there yet is made, whatever stood in its place. */
const places: readonly (readonly [Path, fc.Arbitrary<unknown>])[] = [
  [['serving', 'params', 'DB_PASSWORD'], hidden],
  [['serving', 'params', 'URL'], login],
  [['serving', 'labels', 'token'], hidden],
  [['serving', 'annotations', 'api-key'], hidden],
  [['labels', 'token'], hidden],
  [['annotations', 'x/password'], hidden],
  [['build', 'env', 'API_KEY'], hidden.map((text) => `${text} $(x)`)],
  [['build', 'env', 'REPOSITORY'], login],
  [['build', 'params', 'TOKEN'], hidden],
  [['build', 'srcRepo', 'url'], login],
  [['pack', 'env', 'GITHUB_TOKEN'], hidden],
  [['image'], login],
  [['serving', 'template', 'containers', 0], environment()],
  [['serving', 'bindings', 'in'], component('bindings.mqtt')],
  [['serving', 'pubsub', 'msg'], component('pubsub.kafka')],
  [['serving', 'states', 'store'], component('state.redis')],
];

function environment(): fc.Arbitrary<unknown> {
  return hidden.map((value) => ({ name: 'function', env: [{ name: 'CLIENT_SECRET', value }] }));
}

/** Values of Dapr metadata are secrets whatever their names, but for a few. */
function component(type: string): fc.Arbitrary<unknown> {
  const value = fc.oneof(
    hidden,
    hidden.map((text) => ({ a: [text] })),
    hidden.map((text) => [text]),
  );
  const name = fc.constantFrom('password', 'url', 'brokers', 'x', '', 'toString');
  return fc
    .tuple(name, value)
    .map(([item, held]) => ({ type, version: 'v1', metadata: [{ name: item, value: held }] }));
}

/** Props with secrets where secrets belong, or with credentials of a URL at any place. */
export function plantedProps(props: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const atPlace = fc
    .constantFrom(...places)
    .chain(([path, value]) => value.map((held) => (root: unknown) => placed(root, path, held)));
  const anywhere = fc.tuple(fc.nat(), login).map(([pick, text]) => (root: unknown) => {
    const paths = pathsIn(root).filter((path) => path.length > 0 && !isWhere(path));
    return paths.length === 0 ? root : changed(root, paths[pick % paths.length] ?? [], text);
  });
  const plants = fc.array(fc.oneof({ weight: 3, arbitrary: atPlace }, anywhere), { minLength: 1, maxLength: 3 });
  return fc.tuple(props, plants).map(([value, steps]) => steps.reduce((root, step) => step(root), value));
}

function isWhere([key]: Path): boolean {
  return key === 'kubeconfig' || key === 'manifest';
}

function placed(root: unknown, path: Path, held: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return held;
  const here = typeof key === 'number' ? (Array.isArray(root) ? root : []) : isRecord(root) ? root : {};
  const inner = placed(valueAt(here, [key]), rest, held);
  if (Array.isArray(here)) return [inner, ...(here as unknown[]).slice(1)];
  return changed(here, [key], inner);
}
