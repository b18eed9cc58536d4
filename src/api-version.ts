/** API versions of Functions that ofn reads and writes. */
export type ApiVersion = 'v1beta1' | 'v1beta2';

export type GroupVersion = `core.openfunction.io/${ApiVersion}`;

/** What stands in a Function for its version. */
export function groupVersion(version: ApiVersion): GroupVersion {
  return `core.openfunction.io/${version}`;
}

/** The version of a Function; what is asked about it in the version in which it was read can be answered. */
export function versionOf({ apiVersion }: { readonly apiVersion: string }): ApiVersion {
  return apiVersion.endsWith('/v1beta2') ? 'v1beta2' : 'v1beta1';
}
