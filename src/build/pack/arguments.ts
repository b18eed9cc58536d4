import { homedir } from 'node:os';
import path from 'node:path';
import type { Pack } from '../../props/generated/types';
import { hidesSecret } from '../../redact';

/** One run of `pack build`. */
export interface PackBuild {
  image: string;
  pack: Pack;
  /** The folder that relative paths start from. Absolute. */
  baseDirectory: string;
  /** The project descriptor to use; undefined for that of the source, if it has one. */
  descriptor: string | undefined;
  /** Where pack leaves its report. */
  reportDirectory: string;
  usesColour: boolean;
}

export interface PackArguments {
  args: string[];
  /** Flags that older releases of pack lack, each with its value: the build is the same without them. */
  optional: string[][];
  /** What the build's variables that are given by name alone are in the environment of pack. */
  env: Record<string, string>;
}

/**
 * The arguments of `pack build`. Values of variables go through the environment of pack, since everybody on the machine can read arguments.
 * Source: https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/cli/pack_build/.
 */
export function packArguments(build: PackBuild): PackArguments {
  const { image, pack, baseDirectory, descriptor, reportDirectory, usesColour } = build;
  const { builder, platform, defaultProcess, trustBuilder, cacheImage, network } = pack;
  const variables = Object.entries(pack.env ?? {}).map(([name, value]) => [name, String(value)] as const);
  const volumes = (pack.volumes ?? []).map((volume) => resolveHost(volume, baseDirectory));
  return {
    args: [
      'build',
      image,
      ...flag('--builder', builder),
      ...flag('--path', sourceFolder(pack, baseDirectory)),
      ...variables.flatMap(([name, value]) => flag('--env', steersPack(name, value) ? `${name}=${value}` : name)),
      ...(pack.buildpacks ?? []).flatMap((buildpack) => flag('--buildpack', buildpack)),
      ...flag('--descriptor', descriptor),
      ...(pack.publish === true ? ['--publish'] : []),
      ...flag('--platform', platform),
      ...flag('--default-process', defaultProcess),
      ...(trustBuilder === undefined ? [] : [`--trust-builder=${trustBuilder}`]),
      ...flag('--cache-image', cacheImage),
      ...volumes.flatMap((volume) => flag('--volume', volume)),
      ...flag('--network', network),
      ...(pack.args ?? []),
    ],
    optional: [['--report-output-dir', reportDirectory], ...(usesColour ? [['--force-color']] : [])],
    env: Object.fromEntries(variables.filter(([name, value]) => !steersPack(name, value))),
  };
}

/** The folder that pack builds. */
export function sourceFolder({ path: folder = '.' }: Pack, baseDirectory: string): string {
  return path.resolve(baseDirectory, folder);
}

function flag(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

/** Variables that pack, Docker's client and its credential helpers go by themselves. A proxy with a password does so, too: better than to show it. */
function steersPack(name: string, value: string): boolean {
  const isTheirs =
    /^(PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SSH_AUTH_SOCK|SSL_CERT_(FILE|DIR)|GODEBUG)$|^(DOCKER|PACK|XDG|CONTAINERD|AWS|GOOGLE|AZURE|LD)_|_PROXY$/i;
  return isTheirs.test(name) && !hidesSecret(name, value);
}

/** Docker takes a relative path for the name of a volume. */
function resolveHost(volume: string, baseDirectory: string): string {
  const [, host = '', rest = ''] = /^((?:\.{1,2}|~)(?:[\\/][^:]*)?)(:.*)$/.exec(volume) ?? [];
  if (host === '') return volume;
  return path.resolve(baseDirectory, host.replace(/^~/, homedir())) + rest;
}
