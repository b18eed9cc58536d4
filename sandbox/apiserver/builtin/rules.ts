import { isDeepStrictEqual } from 'node:util';
import { isRecord, valueAt, type JsonRecord } from '../../../src/record';
import type { FieldError } from '../errors';

/** What built-in types ask of their objects, as far as clients of the sandbox can get it wrong. `before` is what is to be replaced. */
export type Rules = (object: JsonRecord, before?: JsonRecord) => FieldError[];

const required = (field: string): FieldError => ({ field, reason: 'FieldValueRequired', message: 'Required value' });
const wrong = (field: string, value: unknown, why: string): FieldError => ({
  field,
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
});

/** Source: k8s.io/kubernetes pkg/apis/core/validation ValidateSecret. */
export const secretRules: Rules = ({ type, data }, before) => {
  const entries = isRecord(data) ? data : {};
  const needed = { 'kubernetes.io/dockerconfigjson': '.dockerconfigjson' }[String(type)];
  return [
    ...keyRules(entries),
    ...(needed !== undefined && !(needed in entries) ? [required(`data[${needed}]`)] : []),
    ...(before && before['type'] !== type ? [wrong('type', type, 'field is immutable')] : []),
  ];
};

export const configMapRules: Rules = ({ data }) => keyRules(isRecord(data) ? data : {});

function keyRules(data: JsonRecord): FieldError[] {
  return Object.keys(data)
    .filter((key) => !/^[-._a-zA-Z0-9]+$/.test(key))
    .map((key) =>
      wrong(`data[${key}]`, key, "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"),
    );
}

export const podRules: Rules = ({ spec }) => {
  const containers = valueAt(spec, ['containers']);
  return Array.isArray(containers) && containers.length > 0 ? [] : [required('spec.containers')];
};

export const workloadRules: Rules = ({ spec }) => {
  const selector = valueAt(spec, ['selector', 'matchLabels']);
  const labels = valueAt(spec, ['template', 'metadata', 'labels']) ?? {};
  const fits =
    isRecord(selector) && isRecord(labels) && Object.entries(selector).every(([key, value]) => labels[key] === value);
  return fits ? [] : [wrong('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')];
};

export const eventRules: Rules = ({ metadata, involvedObject }) => {
  const about = valueAt(involvedObject, ['namespace']);
  if (about === undefined || about === valueAt(metadata, ['namespace'])) return [];
  return [wrong('involvedObject.namespace', about, 'does not match event.namespace')];
};

export const crdRules: Rules = ({ metadata, spec }) => {
  const name = valueAt(metadata, ['name']);
  const expected = `${String(valueAt(spec, ['names', 'plural']))}.${String(valueAt(spec, ['group']))}`;
  return isDeepStrictEqual(name, expected)
    ? []
    : [wrong('metadata.name', name, 'must be spec.names.plural+"."+spec.group')];
};
