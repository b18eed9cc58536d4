import type { KubeObject } from '../objects';

/** Whether an object is one of those asked for. */
export type Selector = (object: KubeObject) => boolean;

export const everything: Selector = () => true;
