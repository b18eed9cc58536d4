import type { KubeObject } from '../../apiserver/objects';
import { group } from '../release';

export const functions = `functions.${group}`;
export const builders = `builders.${group}`;
export const servings = `servings.${group}`;

/** Release 1.0 knows v1beta1 alone. */
export function isOlder({ apiVersion }: KubeObject): boolean {
  return apiVersion.endsWith('v1beta1');
}
