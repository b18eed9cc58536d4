import { redactImage, showText } from '../../redact';
import { warningAt } from '../problem';
import type { Rule } from './rule';

const label = /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?$/;
const component = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;
const tagAndDigest = /(?::(\w[\w.-]*))?(?:@[A-Za-z][\w+.-]*:([0-9a-fA-F]+))?$/;

/** Source: the reference grammar of distribution (docker), reference/regexp.go. */
function isReference(image: string): boolean {
  const [suffix = '', tag = '', digest] = tagAndDigest.exec(image) ?? [];
  const parts = image.slice(0, image.length - suffix.length).split('/');
  if (tag.length > 128 || (digest !== undefined && digest.length < 32)) return false;
  return parts.every((part, index) => component.test(part) || (index === 0 && parts.length > 1 && isHost(part)));
}

function isHost(text: string): boolean {
  const name = text.replace(/:\d+$/, '');
  return /^\[[0-9a-fA-F:]+\]$/.test(name) || name.split('.').every((part) => label.test(part));
}

/** Nodes cannot pull what is no reference to an image. */
export const imageReference: Rule = ({ image }) => {
  if (!image || isReference(image)) return [];
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
  if (!image || build !== undefined || pack !== undefined || serving === undefined || !isReference(image)) return [];
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
