import { nearest } from '../../nearest';
import { showText } from '../../redact';
import { errorAt, warningAt } from '../problem';
import type { DraftOf } from '../draft';
import type { Container } from '../generated/types';
import { itemsOf, type Rule } from './rule';

const template = ['serving', 'template'] as const;
export const functionContainer = 'function';

/** The image runs in the container of this name; without one a second container is added. Source: OpenFunction issue 285. */
export const containerOfFunction: Rule = ({ serving }) => {
  const containers = serving?.template?.containers;
  const names = (containers ?? []).map((container) => container?.name);
  if (names.length === 0 || names.includes(functionContainer) || names.includes(undefined)) return [];
  const only = names.length === 1 ? showText(names[0] ?? '') : 'None of these';
  return [
    errorAt(
      names.length === 1 ? [...template, 'containers', 0, 'name'] : [...template, 'containers'],
      `${only} is ${names.length === 1 ? 'not ' : ''}the container that runs the image: that one is called "function", and OpenFunction would add it, without these settings.`,
      { serving: { template: { containers: [{ name: functionContainer }] } } },
    ),
  ];
};

/** Containers have different names. Kubernetes refuses only the pod, so that the function hangs. Source: Kubernetes, core validation. */
export const containerNames: Rule = ({ serving }) => {
  const seen = new Set<string>();
  const { containers, initContainers } = serving?.template ?? {};
  const all = [
    ...itemsOf(containers).map(([index, container]) => ['containers', index, container] as const),
    ...itemsOf(initContainers).map(([index, container]) => ['initContainers', index, container] as const),
  ];
  return all.flatMap(([section, index, { name = '' }]) => {
    const path = [...template, section, index, 'name'];
    if (name === '') return [];
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > 63) {
      return [
        errorAt(
          path,
          `${showText(name)} cannot be the name of a container. Use at most 63 lower-case letters, digits and "-".`,
        ),
      ];
    }
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [errorAt(path, `${showText(name)} is the name of another container, too.`)];
  });
};

/** What is mounted is declared. Kubernetes refuses only the pod, so that the function hangs. Source: the same. */
export const volumesExist: Rule = ({ serving }) => {
  const volumes = itemsOf(serving?.template?.volumes).flatMap(([, { name }]) => name ?? []);
  return (['containers', 'initContainers'] as const).flatMap((section) =>
    itemsOf(serving?.template?.[section]).flatMap(([index, { volumeMounts }]) =>
      itemsOf(volumeMounts).flatMap(([mount, { name }]) =>
        name === undefined || volumes.includes(name)
          ? []
          : [errorAt([...template, section, index, 'volumeMounts', mount, 'name'], unknownVolume(name, volumes))],
      ),
    ),
  );
};

function unknownVolume(name: string, volumes: string[]): string {
  const near = nearest(name, volumes);
  const hint = near === undefined ? 'Declare it under serving.template.volumes.' : `Did you mean ${showText(near)}?`;
  return `${showText(name)} is no volume of the template. ${hint}`;
}

/** The pods of a Deployment always restart. Kubernetes refuses another policy, so that the function hangs. Source: the same. */
export const restartPolicy: Rule = ({ serving }) => {
  const policy = serving?.template?.restartPolicy;
  const isJob = serving?.scaleOptions?.keda?.scaledJob !== undefined;
  if (serving?.runtime !== 'async' || isJob || policy === undefined || policy === 'Always') return [];
  return [
    errorAt([...template, 'restartPolicy'], `${showText(policy)} is for Jobs, and the function would hang. Remove it.`),
  ];
};

/** What the controller writes itself. Source: OpenFunction v1.2.0 pkg/core/serving/knative/servingrun.go. */
export const imageOfContainer: Rule = ({ serving }) =>
  containersOfFunction(serving?.template?.containers).flatMap(([index, { image }]) =>
    image === undefined
      ? []
      : [
          warningAt(
            [...template, 'containers', index, 'image'],
            'has no effect: the container "function" runs the image of the function. Remove it.',
          ),
        ],
  );

function containersOfFunction(
  containers: readonly (DraftOf<Container> | undefined)[] | undefined,
): [number, DraftOf<Container>][] {
  return itemsOf(containers).filter(([, { name }]) => name === functionContainer);
}
