import { errorAt, warningAt } from '../problem';
import { withoutCredentials } from '../../image';
import { showWord } from '../../redact';
import type { Rule } from './rule';

/** They would be a part of the name of what is built, and go wherever that is told. */
export const credentialsInBuiltImage: Rule = ({ image, pack, build }) =>
  image !== undefined && (pack ?? build) !== undefined && withoutCredentials(image) !== image
    ? [errorAt(['image'], 'holds a login before the registry. Leave it out, and log in with: docker login')]
    : [];

/** What is built cannot have a digest yet. */
export const digestOfBuiltImage: Rule = ({ image, pack, build }) =>
  (pack ?? build) !== undefined && image?.includes('@sha256:') === true
    ? [errorAt(['image'], 'names a digest, but the image is built: its digest is not known before. Leave it out.')]
    : [];

/** An image that is only here can be run only here, and OpenFunction sees no change in it. Source: OpenFunction v1.2.0 function_controller.go:572-585. */
export const unpublishedImage: Rule = ({ image, pack, build, serving }) =>
  pack === undefined || pack.publish === true || build !== undefined || serving === undefined
    ? []
    : [
        warningAt(
          ['pack', 'publish'],
          `is off: ${showWord(image ?? 'the image')} stays in the Docker of this machine. The nodes of a cluster elsewhere cannot pull it, and do not notice when it is built anew. For a cluster on this machine bring it in yourself, for instance with kind load docker-image, then: s deploy --no-build --force-rollout`,
          { pack: { publish: true } },
        ),
      ];

/** Source: the reference of `pack build`, https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/cli/pack_build/. */
export const cacheOfPack: Rule = ({ pack }) =>
  pack?.cacheImage !== undefined && pack.publish !== true
    ? [
        errorAt(['pack', 'cacheImage'], 'needs publish: pack keeps a cache image only where it pushes.', {
          pack: { publish: true },
        }),
      ]
    : [];

/** What has a prop of its own would be given twice, or go past what is remembered of the build. */
export const argumentsOfPack: Rule = ({ pack }) =>
  (pack?.args ?? []).flatMap((argument, index) => {
    const flag = /^--?[a-z-]+/i.exec(argument ?? '')?.[0] ?? '';
    const prop = propsOfFlags[flag];
    if (prop === undefined) return [];
    return [
      warningAt(['pack', 'args', index], `${flag} has a prop of its own: ${prop}. Use that, so that ofn knows of it.`),
    ];
  });

const propsOfFlags: Readonly<Record<string, string>> = {
  '-B': 'pack.builder',
  '--builder': 'pack.builder',
  '-p': 'pack.path',
  '--path': 'pack.path',
  '-e': 'pack.env',
  '--env': 'pack.env',
  '-b': 'pack.buildpacks',
  '--buildpack': 'pack.buildpacks',
  '-d': 'pack.descriptor',
  '--descriptor': 'pack.descriptor',
  '--publish': 'pack.publish',
  '--platform': 'pack.platform',
  '-D': 'pack.defaultProcess',
  '--default-process': 'pack.defaultProcess',
  '--trust-builder': 'pack.trustBuilder',
  '--cache-image': 'pack.cacheImage',
  '--volume': 'pack.volumes',
  '--network': 'pack.network',
};
