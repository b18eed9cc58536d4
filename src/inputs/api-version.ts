import { groupVersion, type ApiVersion } from '../api-version';
import { UserError } from '../errors';
import { showText } from '../redact';

const versions = ['v1beta1', 'v1beta2'] as const;

/** The value of --api-version, with or without its group; undefined when it is not given. @throws UserError for any other text */
export function readApiVersion(written: string | undefined): ApiVersion | undefined {
  if (written === undefined) return undefined;
  const version = versions.find((known) => written === known || written === groupVersion(known));
  if (version === undefined) {
    throw new UserError({
      what: `--api-version=${showText(written)} is no version of Functions that ofn knows.`,
      remedy: `Use ${versions.join(' or ')}.`,
    });
  }
  return version;
}
