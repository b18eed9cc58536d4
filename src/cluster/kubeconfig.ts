import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ActionOnInvalid, type Cluster, type Context, type User } from '@kubernetes/client-node/dist/config_types.js';
import { load } from 'js-yaml';
import { UserError } from '../errors';
import { nearest } from '../nearest';
import { isRecord, type JsonRecord } from '../record';
import { redactText } from '../redact';
import { describeYamlError } from '../yaml-error';
import { kubeconfigFiles } from './kubeconfig-files';
import type { ClusterIdentity } from './types';

/** The part of a kubeconfig that one run uses. */
export interface Kubeconfig {
  identity: ClusterIdentity;
  cluster: Cluster;
  user: User;
  /** Impersonation that KubeConfig does not read: kubectl's as-uid, as-groups and as-user-extra. */
  impersonation: { uid?: string; groups: string[]; extra: Record<string, string[]> };
  /** Namespace of the context. */
  namespace: string | undefined;
}

const serviceAccountToken = 'var/run/secrets/kubernetes.io/serviceaccount/token';

/**
 * Reads the kubeconfig as kubectl does: several files merge, and what a file says first wins.
 * @param root the root of the file system in which a pod finds its service account
 * @throws UserError when there is none, a file cannot be read, or the context leads nowhere.
 */
export function loadKubeconfig(
  given: { kubeconfig?: string | undefined; context?: string | undefined },
  root = '/',
): Kubeconfig {
  const files = kubeconfigFiles(given.kubeconfig);
  if (files.length > 0) return select(mergeParts(files.map(readPart)), files.join(', '), given.context);
  if (given.context !== undefined) throw contextWithoutKubeconfig(given.context);
  if (existsSync(path.join(root, serviceAccountToken)) && process.env['KUBERNETES_SERVICE_HOST'])
    return inCluster(root);
  throw new UserError({
    what: 'No cluster is configured.',
    why: 'There is no --kubeconfig, no KUBECONFIG variable, no ~/.kube/config, and this is not a pod of a cluster.',
    remedy: 'Set props.kubeconfig, pass --kubeconfig=FILE, or put the kubeconfig of your cluster at ~/.kube/config.',
  });
}

function contextWithoutKubeconfig(context: string): UserError {
  return new UserError({
    what: `There is no context "${context}": no kubeconfig was found.`,
    why: 'There is no --kubeconfig, no KUBECONFIG variable and no ~/.kube/config.',
    remedy: 'Name the kubeconfig that has the context with --kubeconfig=FILE or props.kubeconfig.',
  });
}

interface Part {
  config: KubeConfig;
  rawUsers: Map<string, JsonRecord>;
}

function readPart(file: string): Part {
  const document = readDocument(file);
  const folder = path.dirname(path.resolve(file));
  const config = new KubeConfig();
  config.loadFromString(JSON.stringify(document), { onInvalidEntry: ActionOnInvalid.FILTER });
  config.makePathsAbsolute(folder);
  const rawUsers = usersOf(document);
  config.users = config.users.map((user) => completeUser(preferData(user), rawUsers.get(user.name) ?? {}, folder));
  config.clusters = config.clusters.map((cluster) => completeCluster(cluster, file));
  return { config, rawUsers };
}

function readDocument(file: string): JsonRecord {
  let document: unknown;
  try {
    document = load(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(file, describeYamlError(error));
  }
  if (!isRecord(document)) throw unreadable(file, 'It is empty or not a map.');
  return document;
}

function unreadable(file: string, why: string): UserError {
  return new UserError({
    what: `Cannot read the kubeconfig ${file}.`,
    why,
    remedy: `Correct it, and check it with: kubectl config view --kubeconfig=${file}`,
  });
}

function usersOf(document: JsonRecord): Map<string, JsonRecord> {
  const users = Array.isArray(document['users']) ? document['users'].filter(isRecord) : [];
  return new Map(users.map((entry) => [String(entry['name']), isRecord(entry['user']) ? entry['user'] : {}]));
}

/** KubeConfig does not know `tokenFile`, and starts exec plugins from the working directory instead of the file's folder. */
function completeUser(user: User, raw: JsonRecord, folder: string): User {
  const { tokenFile } = raw;
  if (typeof tokenFile === 'string') {
    const authProvider = { name: 'tokenFile', config: { tokenFile: path.resolve(folder, tokenFile) } };
    return { ...user, token: undefined, authProvider };
  }
  const exec: unknown = user.exec;
  if (!isRecord(exec) || typeof exec['command'] !== 'string') return user;
  const { command } = exec;
  return { ...user, exec: { ...exec, command: /[\\/]/.test(command) ? path.resolve(folder, command) : command } };
}

/** As with kubectl, certificates in the kubeconfig itself count more than files that it names. */
function preferData(user: User): User {
  return {
    ...user,
    ...(user.certData && { certFile: undefined }),
    ...(user.keyData && { keyFile: undefined }),
  };
}

/** An address without a scheme is taken for https. @throws UserError when it is no address. */
function completeCluster(cluster: Cluster, file: string): Cluster {
  const server = /^https?:\/\//.test(cluster.server) ? cluster.server : `https://${cluster.server}`;
  if (!URL.canParse(server)) {
    throw new UserError({
      what: `The cluster "${cluster.name}" of the kubeconfig ${file} has no valid address: ${redactText(cluster.server)}.`,
      remedy: 'Write its server like https://HOST:6443.',
    });
  }
  return { ...cluster, server, ...(cluster.caData && { caFile: undefined }) };
}

function mergeParts(parts: readonly Part[]): Part {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: firstOfEachName(parts.flatMap((part) => part.config.clusters)),
    users: firstOfEachName(parts.flatMap((part) => part.config.users)),
    contexts: firstOfEachName(parts.flatMap((part) => part.config.contexts)),
    currentContext: parts.map((part) => part.config.currentContext).find(Boolean),
  });
  const rawUsers = new Map([...parts].reverse().flatMap((part) => [...part.rawUsers]));
  return { config, rawUsers };
}

function firstOfEachName<T extends { name: string }>(entries: readonly T[]): T[] {
  return entries.filter((entry, index) => entries.findIndex(({ name }) => name === entry.name) === index);
}

function select({ config, rawUsers }: Part, source: string, given: string | undefined): Kubeconfig {
  const context = selectContext(config, source, given);
  const cluster = config.getCluster(context.cluster);
  if (cluster === null) throw dangling(context, 'cluster', context.cluster, source);
  const user = context.user ? config.getUser(context.user) : { name: 'anonymous' };
  if (user === null) throw dangling(context, 'user', context.user, source);
  const raw = rawUsers.get(user.name) ?? {};
  return {
    identity: { server: redactText(cluster.server), context: context.name, user: user.name, source },
    cluster,
    user,
    impersonation: {
      ...(typeof raw['as-uid'] === 'string' && { uid: raw['as-uid'] }),
      groups: Array.isArray(raw['as-groups']) ? raw['as-groups'].map(String) : [],
      extra: isRecord(raw['as-user-extra']) ? (raw['as-user-extra'] as Record<string, string[]>) : {},
    },
    namespace: context.namespace?.trim(),
  };
}

function selectContext(config: KubeConfig, source: string, given: string | undefined): Context {
  const name = given ?? config.currentContext;
  const names = config.contexts.map((context) => context.name);
  const choice = names.length > 0 ? `Contexts here: ${names.join(', ')}.` : 'It has no contexts.';
  if (!name) {
    throw new UserError({
      what: `The kubeconfig ${source} has no current context.`,
      why: choice,
      remedy: 'Name one with props.context or --context=NAME, or run: kubectl config use-context NAME',
    });
  }
  const context = config.contexts.find((candidate) => candidate.name === name);
  if (context !== undefined) return context;
  const suggestion = nearest(name, names);
  throw new UserError({
    what: `The kubeconfig ${source} has no context "${name}".`,
    why: choice,
    remedy: suggestion ? `Did you mean "${suggestion}"?` : 'Correct props.context or --context.',
  });
}

function dangling(context: Context, kind: string, name: string, source: string): UserError {
  return new UserError({
    what: `The context "${context.name}" refers to the ${kind} "${name}", which the kubeconfig does not have.`,
    why: `It was read from ${source}.`,
    remedy: 'Check it with: kubectl config view',
  });
}

function inCluster(root: string): Kubeconfig {
  const config = new KubeConfig();
  config.loadFromCluster(root.replace(/\/$/, ''));
  return select({ config, rawUsers: new Map() }, 'the service account of this pod', undefined);
}
