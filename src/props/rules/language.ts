import type { Draft } from '../draft';

const node = /(^|[-_./:])node(js)?([-_.:@/]|$)/i;

/** Whether the function is written for Node, as far as its builder, or else the name of its image, tells. */
export function usesNode({ build, pack, image }: Draft): boolean {
  const builder = build?.builder ?? pack?.builder;
  if (builder !== undefined) return node.test(builder);
  return build === undefined && pack === undefined && node.test(image?.split('/').at(-1) ?? '');
}

/** Whether a builder is OpenFunction's own for Node, wherever it is kept; others make of the environment what they like. */
export function isNodeBuilder(builder: string | undefined): boolean {
  return builder !== undefined && /(^|\/)builder-node\b/.test(builder);
}
