import { invalid, type FieldError } from '../errors';
import type { FieldValidation, WriteOptions } from '../operations/options';

const fieldValidations = ['Ignore', 'Strict', 'Warn'];
const optionKinds: Readonly<Record<string, string>> = {
  create: 'CreateOptions',
  update: 'UpdateOptions',
  patch: 'PatchOptions',
  delete: 'DeleteOptions',
};

/** How a client wants its change to be made. @throws ApiError 422 for options that do not exist. */
export function readWriteOptions(
  verb: string,
  query: URLSearchParams,
  userAgent: string | undefined,
  minor: number,
): WriteOptions {
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  const fieldValidation = minor < 25 ? 'Ignore' : query.get('fieldValidation') || 'Warn';
  const errors: FieldError[] = [
    ...(dryRun.every((value) => value === 'All') ? [] : [unsupported('dryRun', JSON.stringify(dryRun), ['All'])]),
    ...(fieldValidations.includes(fieldValidation)
      ? []
      : [unsupported('fieldValidation', JSON.stringify(fieldValidation), fieldValidations)]),
  ];
  const kind = optionKinds[verb];
  if (kind !== undefined && errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind }, '', errors);
  return {
    manager: query.get('fieldManager') || managerOf(userAgent),
    dryRun: dryRun.length > 0,
    fieldValidation: fieldValidation as FieldValidation,
  };
}

function unsupported(field: string, value: string, supported: readonly string[]): FieldError {
  const list = supported.map((item) => JSON.stringify(item)).join(', ');
  return { field, reason: 'FieldValueNotSupported', message: `Unsupported value: ${value}: supported values: ${list}` };
}

/** Who does not say its name is known by its program. */
function managerOf(userAgent = ''): string {
  return userAgent.split('/')[0] || 'unknown';
}

const longestManager = 128;

/** @throws ApiError 422 for options that do not fit a patch. Source: k8s.io/apimachinery meta/v1/validation. */
export function checkPatchOptions(query: URLSearchParams, isApply: boolean): void {
  const manager = query.get('fieldManager') ?? '';
  const errors: FieldError[] = [];
  if (isApply && manager === '') {
    errors.push({
      field: 'fieldManager',
      reason: 'FieldValueRequired',
      message: 'Required value: is required for apply patch',
    });
  }
  if (!isApply && query.has('force')) {
    errors.push({
      field: 'force',
      reason: 'FieldValueForbidden',
      message: 'Forbidden: may not be specified for non-apply patch',
    });
  }
  if (manager.length > longestManager) {
    errors.push({
      field: 'fieldManager',
      reason: 'FieldValueTooLong',
      message: `Too long: must have at most ${longestManager} bytes`,
    });
  }
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  const strange = /[\u0000-\u001f]/.exec(manager);
  if (strange) {
    const code = strange[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `Invalid value: ${JSON.stringify(manager)}: invalid character U+${code} (at position ${strange.index})`;
    errors.push({ field: 'fieldManager', reason: 'FieldValueInvalid', message });
  }
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', errors);
}
