import { redactImage, showText } from '../../redact';
import { warningAt } from '../problem';
import type { Rule } from './rule';

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const host =
  '(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\\[[0-9a-fA-F:]+\\]';
/** Source: the reference grammar of distribution (docker), reference/regexp.go. */
const reference = new RegExp(
  `^(?:(?:${host})(?::\\d+)?/)?${component}(?:/${component})*(?::[\\w][\\w.-]{0,127})?(?:@[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,})?$`,
);

/** Nodes cannot pull what is no reference to an image. */
export const imageReference: Rule = ({ image }) => {
  if (!image || reference.test(image)) return [];
  const scheme = /^[a-z]+:\/\//.exec(image)?.[0];
  const hint =
    scheme !== undefined
      ? `Leave out "${scheme}".`
      : /[<>]/.test(image)
        ? 'Put your own values in place of <…>.'
        : 'It looks like registry.example.com/me/hello:v1, in lower-case letters.';
  return [
    warningAt(['image'], `${showText(redactImage(image))} is no reference to an image; it cannot be pulled. ${hint}`),
  ];
};

/**
 * The same tag with new content changes nothing in the Function, so that nothing happens.
 * Source: OpenFunction v1.2.0 function_controller.go:572-585. After a build in the cluster the digest is used.
 */
export const immutableTag: Rule = ({ image, build, pack, serving }) => {
  if (!image || build !== undefined || pack !== undefined || serving === undefined || !reference.test(image)) return [];
  if (image.includes('@')) return [];
  const tag = /:([\w.-]+)$/.exec(image.split('/').at(-1) ?? '')?.[1];
  if (tag !== undefined && tag !== 'latest') return [];
  return [
    warningAt(
      ['image'],
      `${showText(image)} has ${tag === undefined ? 'no tag, which means "latest"' : 'the tag "latest"'}: with new content under the same tag, deploy finds nothing changed, and the old code goes on running. Use a tag of its own for each version, or the digest.`,
    ),
  ];
};
