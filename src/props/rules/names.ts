import { redactText, showText } from '../../redact';
import { errorAt, warningAt } from '../problem';
import { usesDapr } from './dapr';
import type { Rule } from './rule';

/** Where only the resource names the function, the schema has not seen the name. Source: it becomes the name of a Service. */
export const functionName: Rule = (props, { name }) => {
  if (props.name !== undefined || name === '' || (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 63)) {
    return [];
  }
  return [
    errorAt(
      ['name'],
      `The name of the resource, ${showText(name)}, cannot be the name of a function: that has at most 63 lower-case letters, digits and "-", and begins with a letter. Name the function here.`,
    ),
  ];
};

/** Dapr makes a Service `<name>-<namespace>-dapr`, whose name has at most 63 characters. Source: Dapr v1.8 operator. */
export const functionNameWithDapr: Rule = (props, { name, namespace }) => {
  const service = `${name}-${namespace}-dapr`;
  if (name === '' || namespace === undefined || service.length <= 63 || !usesDapr(props)) return [];
  return [
    errorAt(
      ['name'],
      `${showText(name)} is too long: Dapr makes a Service of it, ${service}, and such a name has at most 63 characters. Shorten it by ${service.length - 63}, or use a shorter namespace.`,
    ),
  ];
};

/**
 * The version becomes a label, and without its dots a part of names: that of a Knative revision has room for 38 characters.
 * Nobody checks it, and the function hangs. Source: OpenFunction v1.2.0 pkg/core/serving/knative/servingrun.go.
 */
export const versionIsAName: Rule = ({ version, serving }) => {
  if (version === undefined || version === '' || serving === undefined) return [];
  const limit = serving.runtime === 'async' ? 63 : 38;
  const fits = version.replaceAll('.', '').length <= limit && version.length <= 63;
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(version) && fits) return [];
  return [
    errorAt(
      ['version'],
      `${showText(version)} cannot be a part of a name in Kubernetes, and the function would hang. Use at most ${limit} lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance ${suggestVersion(version, limit)}.`,
    ),
  ];
};

function suggestVersion(version: string, limit: number): string {
  const name = version.toLowerCase().replace(/[^a-z0-9.-]+/g, '-').slice(0, limit).replace(/^[-.]+|[-.]+$/g, ''); // prettier-ignore
  return redactText(version) === version && name !== '' ? name : 'v1.0.0';
}

/** Names of environment variables that Kubernetes refuses for the pod only, so that the function hangs. */
export const environmentNames: Rule = ({ serving }) =>
  Object.keys(serving?.params ?? {})
    .filter((name) => !/^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
    .map((name) =>
      errorAt(
        ['serving', 'params', name],
        `${showText(name)} cannot be the name of an environment variable. Use letters, digits, "_", "-" and ".", and no digit at the beginning.`,
      ),
    );

/** Labels by which the controller finds the pods. Those of the user win over them. Source: OpenFunction v1.2.0 pkg/util/util.go. */
export const labelsOfController: Rule = ({ serving }) =>
  Object.keys(serving?.labels ?? {}).flatMap((key) => {
    const path = ['serving', 'labels', key];
    if (key.startsWith('openfunction.io/')) {
      return [
        errorAt(
          path,
          'would take the place of a label by which OpenFunction finds the pods. Remove it, or choose another key.',
        ),
      ];
    }
    return key === 'app.kubernetes.io/version'
      ? [
          warningAt(
            path,
            "would take the place of OpenFunction's own, which is the version of the function. Write version.",
          ),
        ]
      : [];
  });
