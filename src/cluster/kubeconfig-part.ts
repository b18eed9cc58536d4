import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ActionOnInvalid, type Cluster, type User } from '@kubernetes/client-node/dist/config_types.js';
import { load } from 'js-yaml';
import { UserError } from '../errors';
import { isRecord, type JsonRecord } from '../record';
import { redactText } from '../redact';
import { describeYamlError } from '../yaml-error';

/** What one kubeconfig file says, or several together. */
export interface Part {
  config: KubeConfig;
  /** The users as they are written, with what KubeConfig does not read. */
  rawUsers: Map<string, JsonRecord>;
}

/** Reads a kubeconfig file; its relative paths start from its folder. @throws UserError when it cannot be read. */
export function readPart(file: string): Part {
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

/** Puts files together: what a file says first wins. */
export function mergeParts(parts: readonly Part[]): Part {
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
