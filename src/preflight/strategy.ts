import type { Api } from '../cluster/api';
import { listNames, lookUp, type NotTold } from '../cluster/look-up';
import { nearest } from '../nearest';
import { errorAt, type Problem } from '../props/problem';
import { showText } from '../redact';
import type { StrategyNeed } from './needs';

const version = 'v1alpha1';

/** What a look for the build strategy brings: a build without it fails for good. Source: shipwright v0.11 pkg/validate/strategies.go. */
export async function judgeStrategy(
  api: Api,
  { name, kind, path }: StrategyNeed,
  namespace: string,
): Promise<Problem[] | NotTold> {
  const isNamespaced = kind === 'BuildStrategy';
  const found = await lookUp(api, reference(isNamespaced, namespace, name));
  if (found.kind === 'not told') return found;
  if (found.kind !== 'missing') return [];
  const place = isNamespaced ? `namespace "${namespace}"` : 'this cluster';
  const hint = await suggest(api, name, isNamespaced, namespace);
  return [
    errorAt(path, `There is no ${kind} ${showText(name)} in ${place}, and the build would fail for good. ${hint}`),
  ];
}

async function suggest(api: Api, name: string, isNamespaced: boolean, namespace: string): Promise<string> {
  const other = await lookUp(api, reference(!isNamespaced, namespace, name));
  if (other.kind === 'object') {
    return `There is one of the kind ${isNamespaced ? 'ClusterBuildStrategy' : 'BuildStrategy'}: write that as kind.`;
  }
  const { resource } = reference(isNamespaced, namespace, name);
  const scope = isNamespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const names = await listNames(api, `/apis/shipwright.io/${version}${scope}/${resource}`, resource);
  if (names === undefined) return 'Ask an administrator of the cluster which ones there are.';
  const near = nearest(name, names);
  if (near !== undefined) return `Did you mean "${near}"?`;
  return names.length === 0 ? 'It has none.' : `It has: ${names.join(', ')}.`;
}

function reference(isNamespaced: boolean, namespace: string, name: string): Parameters<typeof lookUp>[1] {
  return {
    group: 'shipwright.io',
    version,
    resource: isNamespaced ? 'buildstrategies' : 'clusterbuildstrategies',
    ...(isNamespaced && { namespace }),
    name,
  };
}
