import type { KubeObject } from '../../apiserver/objects';
import { recordAt, textAt } from './model';

/** States in which a build is over. */
export const endStates: readonly string[] = ['Succeeded', 'Failed', 'Timeout', 'Canceled'];

/** Whether the build of a Builder is over. */
export function hasEnded(builder: KubeObject): boolean {
  return endStates.includes(textAt(builder, ['status', 'state']));
}

/** The strategy of Shipwright that a Builder asks for; one of no kind is taken for a namespaced one. */
export function strategyOf({ spec }: KubeObject): { name: string; isClusterWide: boolean } {
  const strategy = recordAt(spec, ['shipwright', 'strategy']);
  return {
    name: textAt(strategy, ['name']) || 'openfunction',
    isClusterWide: !strategy || strategy['kind'] === 'ClusterBuildStrategy',
  };
}
