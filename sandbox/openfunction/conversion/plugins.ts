import type { JsonRecord } from '../../../src/record';
import { readMapping, scalarsAt, writeYaml } from './annotation-yaml';
import { omitEmpty, present, textAt, values } from './go-json';

/**
 * `serving.hooks` of v1beta2 from the annotation `plugins` of v1beta1. `order` runs reversed after the function;
 * `pre` and `post` win over it (OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go).
 *
 * @throws ConversionError for YAML that is not of that form.
 */
export function hooksFromAnnotation(annotations: JsonRecord): JsonRecord | undefined {
  const text = textAt(annotations, 'plugins');
  if (text === '') return undefined;
  const plugins = readMapping(text);
  const order = scalarsAt(plugins, 'order') ?? [];
  return present({
    policy: 'Override',
    pre: omitEmpty(scalarsAt(plugins, 'pre') ?? order),
    post: omitEmpty(scalarsAt(plugins, 'post') ?? [...order].reverse()),
  });
}

/** The annotation `plugins` for the hooks of v1beta2. Their policy is lost. */
export function annotationFromHooks(hooks: JsonRecord): string {
  return writeYaml(values(hooks, 'pre', 'post'));
}
