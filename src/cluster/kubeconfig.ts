import { existsSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Cluster, Context, User } from '@kubernetes/client-node/dist/config_types.js';
import { UserError } from '../errors';
import { nearest } from '../nearest';
import { isRecord } from '../record';
import { redactText } from '../redact';
import { kubeconfigFiles } from './kubeconfig-files';
import { mergeParts, readPart, type Part } from './kubeconfig-part';
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
  if (existsSync(path.join(root, serviceAccountToken)) && process.env['KUBERNETES_SERVICE_HOST']) {
    return inCluster(root);
  }
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
