import type { JsonRecord } from '../../src/record';

export interface StatusCause {
  reason?: string;
  message: string;
  field?: string;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

/** A refusal of the API server; goes out as a `Status` object. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: StatusDetails,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  toStatus(): JsonRecord {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** The type that an error is about, in the plural, as in `functions.core.openfunction.io`. */
export interface QualifiedResource {
  group: string;
  resource: string;
}

function qualified({ group, resource }: QualifiedResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function detailsOf({ group, resource }: QualifiedResource, name: string): StatusDetails {
  return { name, ...(group && { group }), kind: resource };
}

export function notFound(type: QualifiedResource, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${qualified(type)} "${name}" not found`, detailsOf(type, name));
}

export function alreadyExists(type: QualifiedResource, name: string, isDying = false): ApiError {
  const message = `${isDying ? 'object is being deleted: ' : ''}${qualified(type)} "${name}" already exists`;
  return new ApiError(409, 'AlreadyExists', message, detailsOf(type, name));
}

export function conflict(type: QualifiedResource, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualified(type)} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, detailsOf(type, name));
}

export function forbidden(type: QualifiedResource, name: string, why: string, causes?: StatusCause[]): ApiError {
  const subject = name === '' ? qualified(type) : `${qualified(type)} "${name}"`;
  const details = { ...(name && { name }), ...(type.group && { group: type.group }), kind: type.resource };
  return new ApiError(403, 'Forbidden', `${subject} is forbidden: ${why}`, { ...details, ...(causes && { causes }) });
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

export function unsupportedMediaType(allowed: readonly string[]): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${allowed.join(', ')}`;
  return new ApiError(415, 'UnsupportedMediaType', message);
}

export function notAcceptable(): ApiError {
  const types = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
  return new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${types.join(', ')}`);
}

export function createNotAllowed({ group, plural }: { group: string; plural: string }): ApiError {
  const message = 'create not allowed while custom resource definition is terminating';
  return new ApiError(405, 'MethodNotAllowed', message, { group, kind: plural });
}

/** A JSON patch that cannot be done, of which the server does not say why. */
export function unpatchable(): ApiError {
  return new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

export function methodNotAllowed(): ApiError {
  return new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
}

/** A fault of the server itself, or of a webhook that it called. */
export function internalError(message: string): ApiError {
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });
}

/** What an error of the server's Go code becomes that is no API error: 500 without a reason. */
export function unexplainedError(message: string): ApiError {
  return new ApiError(500, '', message);
}

/** Something wrong at one place of an object. */
export interface FieldError {
  field: string;
  reason:
    | 'FieldValueRequired'
    | 'FieldValueInvalid'
    | 'FieldValueNotSupported'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate';
  /** Without the field. */
  message: string;
}

export function invalid(
  { group, kind }: { group: string; kind: string },
  name: string,
  errors: readonly FieldError[],
): ApiError {
  const texts = errors.map(({ field, message }) => `${field}: ${message}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const subject = group === '' ? kind : `${kind}.${group}`;
  return new ApiError(422, 'Invalid', `${subject} "${name}" is invalid: ${list}`, {
    ...(name && { name }),
    ...(group && { group }),
    kind,
    causes: errors.map(({ reason, message, field }) => ({ reason, message, field })),
  });
}
