import { groupVersion, type ApiVersion } from '../api-version';
import { valueAt } from '../record';

/** The version whose spec props follow. */
export function versionOfProps(props: unknown): ApiVersion {
  return valueAt(props, ['apiVersion']) === groupVersion('v1beta2') ? 'v1beta2' : 'v1beta1';
}
