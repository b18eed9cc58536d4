import { isSyncFunction } from './runtime';
import { flowOf, labelOf } from './flow';
import { textAt } from '../record';

/** Functions and what flows between them, as a Mermaid flowchart. A topic that several use is one node. */
export function toMermaid(functions: readonly unknown[]): string {
  const ids = new Map<string, string>();
  const nodes: string[] = [];
  const edges = new Set<string>();
  const node = (kind: 'function' | 'place' | 'http', label: string): string => {
    const key = `${kind} ${label}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `n${ids.size}`;
    ids.set(key, id);
    nodes.push(`  ${id}${shapes[kind](escape(label))}`);
    return id;
  };
  for (const fn of functions) {
    const own = node('function', textAt(fn, ['metadata', 'name']));
    const { inputs, outputs } = flowOf(fn);
    if (isSyncFunction(fn)) edges.add(`  ${node('http', 'http')} --> ${own}`);
    for (const input of inputs) edges.add(`  ${node('place', labelOf(input))} --> ${own}`);
    for (const output of outputs) edges.add(`  ${own} --> ${node('place', labelOf(output))}`);
  }
  return ['flowchart LR', ...nodes, ...edges].join('\n');
}

const shapes = {
  function: (label: string): string => `["${label}"]`,
  place: (label: string): string => `(["${label}"])`,
  http: (label: string): string => `(("${label}"))`,
};

/** Quotes and brackets would end the label. Source: Mermaid, flowchart syntax, entity codes. */
function escape(label: string): string {
  return label.replace(/["#<>]/g, (sign) => `#${sign.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
