import type { FieldError } from '../errors';
import type { ObjectMeta } from '../objects';
import { isRecord } from '../../../src/record';

const nameRule =
  "must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const keyRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** What is wrong with the metadata of an object. Source: k8s.io/apimachinery api/validation/objectmeta.go. */
export function validateMetadata(metadata: ObjectMeta, kind: string): FieldError[] {
  return [
    ...(kind === 'Namespace' ? labelNameErrors(metadata.name) : nameErrors(metadata.name)),
    ...mapErrors('metadata.labels', metadata.labels, labelValueError),
    ...mapErrors('metadata.annotations', metadata.annotations, () => undefined),
    ...(metadata.finalizers ?? []).flatMap(finalizerErrors),
  ];
}

function nameErrors(name: string): FieldError[] {
  const dns = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  if (dns.test(name) && name.length <= 253) return [];
  const message = dns.test(name) ? 'must be no more than 253 characters' : `a lowercase RFC 1123 subdomain ${nameRule}`;
  return [invalidValue('metadata.name', name, message)];
}

/** Names that become parts of host names. */
function labelNameErrors(name: string): FieldError[] {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 63) return [];
  return [
    invalidValue(
      'metadata.name',
      name,
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-'",
    ),
  ];
}

function mapErrors(field: string, map: unknown, valueError: (value: string) => string | undefined): FieldError[] {
  if (!isRecord(map)) return [];
  return Object.entries(map).flatMap(([key, value]) => {
    const errors: FieldError[] = [];
    const wrongKey = keyError(key);
    if (wrongKey) errors.push(invalidValue(field, key, wrongKey));
    const wrong = valueError(String(value));
    if (wrong) errors.push(invalidValue(field, value, wrong));
    return errors;
  });
}

/** What is wrong with the key of a label or an annotation, or undefined. */
export function keyError(key: string): string | undefined {
  if (key.startsWith('/')) return 'prefix part must be non-empty';
  const isValid = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(key);
  return isValid ? undefined : keyRule;
}

function labelValueError(value: string): string | undefined {
  if (value.length > 63) return 'must be no more than 63 characters';
  return /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value) ? undefined : labelRule;
}

const ownFinalizers = new Set([
  'orphan',
  'foregroundDeletion',
  'kubernetes',
  'customresourcecleanup.apiextensions.k8s.io',
]);

function finalizerErrors(finalizer: string): FieldError[] {
  if (ownFinalizers.has(finalizer) || finalizer.includes('/')) return [];
  return [
    invalidValue(
      'metadata.finalizers',
      finalizer,
      'name is neither a standard finalizer name nor is it fully qualified',
    ),
  ];
}

function invalidValue(field: string, value: unknown, message: string): FieldError {
  return { field, reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value)}: ${message}` };
}
