import { withoutUndefined, type JsonRecord } from '../../record';
import { mapInAnnotation } from './annotation';

/** The plugins of the annotation `plugins`: those in `order` run before the function, and backwards after it. `pre` and `post` win. */
export function toHooks(annotations: Readonly<Record<string, string>>): JsonRecord | undefined {
  const plugins = mapInAnnotation(annotations, 'plugins');
  if (plugins === undefined) return undefined;
  const order = listIn(plugins, 'order') ?? [];
  return withoutUndefined({
    policy: 'Override',
    pre: filled(listIn(plugins, 'pre') ?? order),
    post: filled(listIn(plugins, 'post') ?? [...order].reverse()),
  });
}

function listIn(plugins: JsonRecord, key: string): unknown[] | undefined {
  const value = plugins[key];
  return Array.isArray(value) ? value : undefined;
}

function filled(list: unknown[]): unknown[] | undefined {
  return list.length > 0 ? list : undefined;
}
