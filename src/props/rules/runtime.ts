import type { Draft } from '../draft';

/** Whether Knative runs the function: with the runtime "knative", which is the default. */
export function isSync({ serving }: Draft): boolean {
  return serving !== undefined && serving.runtime !== 'async';
}
