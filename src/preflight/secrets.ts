import { dockerKeyOf, hostOf } from '../image';
import { nearest } from '../nearest';
import { errorAt, warningAt, type Problem } from '../props/problem';
import { valueAt, type JsonRecord } from '../record';
import { redactImage, showText, showWord } from '../redact';
import { covers, registriesOf, registryOf } from './docker-config';
import type { SecretNeed } from './needs';

/** What is wrong with a Secret for all uses of it; undefined stands for one that does not exist. */
export function judgeSecret(
  needs: readonly SecretNeed[],
  secret: JsonRecord | undefined,
  place: SecretPlace,
): Problem[] {
  if (secret === undefined) return missing(needs, place);
  return needs.flatMap((need) => {
    switch (need.use.kind) {
      case 'registry':
        return judgeDockerConfig(need, need.use.image, secret, place);
      case 'git':
        return judgeGitCredentials(need, need.use.url, secret, place);
      case 'value':
        return judgeValue(need, need.use.key, secret, place);
    }
  });
}

/** Where Secrets are looked for. */
export interface SecretPlace {
  namespace: string;
  /** Whether the apply makes the namespace, so that it may not be there yet. */
  createsNamespace: boolean;
}

/**
 * A build without its Secret fails for good; pods wait for theirs. Source: OpenFunction v1.2.0, reason SpecOutputSecretRefNotFound.
 * It is told once, for the most important use.
 */
function missing(needs: readonly SecretNeed[], place: SecretPlace): Problem[] {
  const need = needs.find(({ forBuild }) => forBuild) ?? needs[0];
  if (need === undefined) return [];
  const { path, forBuild } = need;
  const what = `The Secret ${showText(need.name)} does not exist in namespace "${place.namespace}"`;
  const before = place.createsNamespace
    ? `If the namespace is not there yet, create it before: kubectl create namespace ${place.namespace}. `
    : '';
  const create = `${before}Create it with: ${createCommand(need, place, needs)}`;
  return forBuild
    ? [errorAt(path, `${what}, and the build would fail for good: creating it later does not help. ${create}`)]
    : [warningAt(path, `${what}; the function does not start without it. ${create}`)];
}

function createCommand({ name, use }: SecretNeed, { namespace }: SecretPlace, all: readonly SecretNeed[] = []): string {
  const create = `kubectl create secret -n ${namespace}`;
  switch (use.kind) {
    case 'registry': {
      const registry = use.image === undefined ? 'REGISTRY' : registryOf(use.image);
      return `${create} docker-registry ${showWord(name)} --docker-server=${dockerKeyOf(registry)} --docker-username=USER --docker-password=PASSWORD`;
    }
    case 'git':
      return isSsh(use.url)
        ? `${create} generic ${showWord(name)} --type=${sshAuth} --from-file=ssh-privatekey=FILE`
        : `${create} generic ${showWord(name)} --type=${basicAuth} --from-literal=username=USER --from-literal=password=TOKEN`;
    case 'value': {
      const keys = new Set(all.flatMap((need) => (need.use.kind === 'value' ? [need.use.key ?? 'KEY'] : [])));
      const values = [...keys].map((key) => `--from-literal=${showWord(key)}=VALUE`);
      return `${create} generic ${showWord(name)} ${values.join(' ')}`;
    }
  }
}

const dockerTypes = ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'];

function judgeDockerConfig(
  need: SecretNeed,
  image: string | undefined,
  secret: JsonRecord,
  place: SecretPlace,
): Problem[] {
  const { name, path } = need;
  if (!dockerTypes.includes(typeOf(secret))) return [wrongType(need, secret, dockerTypes.slice(0, 1), place)];
  const registries = registriesOf(secret);
  if (registries === undefined || image === undefined || covers(registries, image)) return [];
  const known = registries.length === 0 ? 'none' : registries.map(hostOf).join(', ');
  return [
    warningAt(
      path,
      `The Secret ${showText(name)} has no credentials for ${registryOf(image)}, the registry of ${showWord(redactImage(image))}; it has them for ${known}. Add them, or name another Secret.`,
    ),
  ];
}

const basicAuth = 'kubernetes.io/basic-auth';
const sshAuth = 'kubernetes.io/ssh-auth';

/** Source: shipwright docs/development/authentication.md. */
function judgeGitCredentials(
  need: SecretNeed,
  url: string | undefined,
  secret: JsonRecord,
  place: SecretPlace,
): Problem[] {
  const types = url === undefined ? [basicAuth, sshAuth] : [isSsh(url) ? sshAuth : basicAuth];
  return types.includes(typeOf(secret)) ? [] : [wrongType(need, secret, types, place)];
}

function isSsh(url = ''): boolean {
  return /^(ssh:\/\/|[\w.-]+@[\w.-]+:)/.test(url);
}

function wrongType(need: SecretNeed, secret: JsonRecord, expected: readonly string[], place: SecretPlace): Problem {
  const { name, path, forBuild } = need;
  const message = `The Secret ${showText(name)} is of type ${typeOf(secret)}; needed is ${expected.join(' or ')}. Make another one: ${createCommand(need, place, [need])}`;
  return forBuild ? errorAt(path, message) : warningAt(path, message);
}

function judgeValue(
  { name, path }: SecretNeed,
  key: string | undefined,
  secret: JsonRecord,
  place: SecretPlace,
): Problem[] {
  const data = valueAt(secret, ['data']);
  const keys = Object.keys(typeof data === 'object' && data !== null ? data : {});
  if (key === undefined || keys.includes(key)) return [];
  const near = nearest(key, keys);
  const hint =
    near === undefined ? `It has ${keys.length === 0 ? 'none' : keys.join(', ')}.` : `Did you mean "${near}"?`;
  return [
    warningAt(
      [...path.slice(0, -1), 'key'],
      `The Secret ${showText(name)} in namespace "${place.namespace}" has no key ${showText(key)}; the function does not start without it. ${hint}`,
    ),
  ];
}

function typeOf(secret: JsonRecord): string {
  return typeof secret['type'] === 'string' ? secret['type'] : 'Opaque';
}
