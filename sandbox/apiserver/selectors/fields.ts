import { valueAt } from '../../../src/record';
import { badRequest } from '../errors';
import type { KubeObject } from '../objects';
import { everything, type Selector } from './selector';

/**
 * A field selector: `metadata.name=x,status.phase!=y`.
 * @throws ApiError 400 for one that cannot be read, or a field that objects of the type cannot be selected by.
 */
export function fieldSelector(text: string | null, plural: string): Selector {
  if (!text) return everything;
  const supported = ['metadata.name', 'metadata.namespace', ...(others[plural] ?? [])];
  const requirements = text.split(',').map((part) => {
    const match = /^\s*([\w.]+)\s*(==|=|!=)(.*)$/.exec(part);
    if (!match) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const [, field = '', operator, value = ''] = match;
    if (!supported.includes(field)) throw badRequest(`field label not supported: ${field}`);
    return (object: KubeObject): boolean => (textAt(object, field) === value) !== (operator === '!=');
  });
  return (object) => requirements.every((holds) => holds(object));
}

function textAt(object: KubeObject, field: string): string {
  const value = valueAt(object, field.split('.'));
  return typeof value === 'string' ? value : '';
}

/** The fields by which objects of built-in types can be selected besides name and namespace. */
const others: Readonly<Record<string, readonly string[]>> = {
  pods: ['spec.nodeName', 'spec.restartPolicy', 'status.phase', 'status.podIP'],
  events: ['kind', 'namespace', 'name', 'uid']
    .flatMap((field) => [`involvedObject.${field}`, `regarding.${field}`])
    .concat(['reason', 'type']),
  namespaces: ['status.phase'],
  secrets: ['type'],
};
