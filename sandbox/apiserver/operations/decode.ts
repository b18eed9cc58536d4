import { isRecord } from '../../../src/record';
import { ApiError, badRequest, invalid } from '../errors';
import type { ObjectDraft } from '../objects';
import { apiVersionOf, servedVersion } from '../resources';
import { objectSchema } from '../managed-fields/shape';
import { applyDefaults } from '../schema/default';
import { prune } from '../schema/prune';
import type { ObjectAddress } from './cluster';
import type { FieldValidation } from './options';

export interface Decoded {
  draft: ObjectDraft;
  warnings: string[];
}

/**
 * What a client sent as an object of the type: unknown fields dropped, defaults filled in.
 * @throws ApiError 400 when it is another type, or has unknown fields and validation is strict.
 */
export function decode(
  { type, version }: Pick<ObjectAddress, 'type' | 'version'>,
  body: unknown,
  fieldValidation: FieldValidation = 'Ignore',
  { withDefaults = true, patch }: { withDefaults?: boolean; patch?: unknown } = {},
): Decoded {
  // Only of built-in types the server knows what a body without a kind is.
  const complete =
    type.builtIn && isRecord(body) ? { apiVersion: apiVersionOf(type, version), kind: type.kind, ...body } : body;
  const draft = asObject(complete, { type, version });
  checkType({ type, version }, draft, patch !== undefined);
  const schema = servedVersion(type, version)?.schema;
  if (!schema) return { draft, warnings: [] };
  const { value, unknown } = prune(objectSchema(schema), draft);
  const problems = unknown.map((path) => `unknown field "${path}"`);
  if (problems.length > 0 && fieldValidation === 'Strict') {
    if (patch !== undefined) throw strictPatchError(patch, problems);
    throw badRequest(
      `${type.kind} in version "${version}" cannot be handled as a ${type.kind}: strict decoding error: ${problems.join(', ')}`,
    );
  }
  return {
    draft: (withDefaults ? applyDefaults(objectSchema(schema), value) : value) as ObjectDraft,
    warnings: fieldValidation === 'Warn' ? problems : [],
  };
}

/** A body as an object with metadata. @throws ApiError 400. */
function asObject(body: unknown, { type, version }: Pick<ObjectAddress, 'type' | 'version'>): ObjectDraft {
  const unfit = (why: string): Error =>
    badRequest(`${type.kind} in version "${version}" cannot be handled as a ${type.kind}: ${why}`);
  if (!isRecord(body)) {
    const words = `couldn't get version/kind; json parse error: json: cannot unmarshal ${JSON.stringify(body)} into Go value`;
    throw badRequest(`the object provided is unrecognized (must be of type ${type.kind}): ${words}`);
  }
  const { apiVersion, kind, metadata = {} } = body;
  if (typeof kind !== 'string' || kind === '') {
    throw unfit(`unmarshalerDecoder: Object 'Kind' is missing in '${JSON.stringify(body)}'`);
  }
  if (!isRecord(metadata)) throw unfit('json: cannot unmarshal into Go struct field .metadata of type v1.ObjectMeta');
  for (const field of ['labels', 'annotations']) {
    if (Object.values(metadata[field] ?? {}).some((value) => typeof value !== 'string')) {
      throw unfit(`json: cannot unmarshal into Go struct field ObjectMeta.metadata.${field} of type string`);
    }
  }
  return { ...body, apiVersion: typeof apiVersion === 'string' ? apiVersion : '', kind, metadata };
}

/** The same for a patch: what is wrong with it is a field called `patch`. */
function strictPatchError(patch: unknown, problems: readonly string[]): Error {
  const message = `Invalid value: ${JSON.stringify(JSON.stringify(patch))}: strict decoding error: ${problems.join(', ')}`;
  const cause = { reason: 'FieldValueInvalid', message, field: 'patch' };
  return new ApiError(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes: [cause] });
}

function checkType(
  { type, version }: Pick<ObjectAddress, 'type' | 'version'>,
  { apiVersion, kind, metadata }: ObjectDraft,
  isPatch: boolean,
): void {
  const expected = apiVersionOf(type, version);
  if (apiVersion !== expected && isPatch) {
    throw invalid(type, metadata.name ?? '', [
      {
        field: 'apiVersion',
        reason: 'FieldValueInvalid',
        message: `Invalid value: "${apiVersion}": must be ${expected}`,
      },
    ]);
  }
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (kind === type.kind) return;
  throw invalid({ group: type.group, kind }, metadata.name ?? '', [
    { field: 'kind', reason: 'FieldValueInvalid', message: `Invalid value: "${kind}": must be ${type.kind}` },
  ]);
}
