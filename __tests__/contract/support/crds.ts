import type { Crd } from '../../../scripts/control-plane/admin';
import { admin } from '../../support/cluster';
import { get } from './client';

/** The group of all types that the contract tests make. */
export const group = 'contract.example.com';

export interface CrdVersion {
  name: string;
  served: boolean;
  storage: boolean;
  [field: string]: unknown;
}

const string = { type: 'string' };
const integer = { type: 'integer' };

const widgetSpec = {
  type: 'object',
  properties: {
    size: { type: 'integer', format: 'int32', minimum: 1, maximum: 100, default: 3 },
    color: { type: 'string', enum: ['red', 'green', 'blue'] },
    title: { type: 'string', maxLength: 10, pattern: '^[a-z]*$' },
    text: string,
    note: { type: 'string', nullable: true },
    enabled: { type: 'boolean' },
    ratio: { type: 'number' },
    big: { type: 'integer', format: 'int64' },
    owner: {
      type: 'object',
      required: ['name', 'mail'],
      properties: { name: string, mail: string },
    },
    settings: {
      type: 'object',
      default: {},
      properties: {
        retries: { type: 'integer', default: 2 },
        mode: { type: 'string', default: 'slow' },
        label: string,
        inner: { type: 'object', properties: { value: string, depth: { type: 'integer', default: 1 } } },
      },
    },
    // Lists: by default atomic, then with one key, with two keys (one of them with a default), and sets.
    steps: {
      type: 'array',
      items: { type: 'object', properties: { run: string, times: { type: 'integer', default: 1 } } },
    },
    args: { type: 'array', maxItems: 3, items: string },
    containers: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: {
          name: string,
          image: string,
          command: { type: 'array', items: string },
          pull: { type: 'string', default: 'Always' },
          resources: { type: 'object', properties: { cpu: string, memory: string } },
        },
      },
    },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        required: ['port'],
        properties: { port: integer, protocol: { type: 'string', default: 'TCP' }, name: string },
      },
    },
    tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: string },
    numbers: { type: 'array', 'x-kubernetes-list-type': 'set', items: integer },
    // Maps: by default granular, and atomic.
    params: { type: 'object', additionalProperties: string },
    limits: { type: 'object', additionalProperties: { type: 'object', properties: { value: string } } },
    selector: { type: 'object', 'x-kubernetes-map-type': 'atomic', additionalProperties: string },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    template: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      properties: { known: { type: 'object', properties: { value: string } } },
    },
  },
};

const widgetStatus = {
  type: 'object',
  properties: {
    phase: string,
    ready: integer,
    conditions: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type'],
        properties: { type: string, status: string, reason: string },
      },
    },
  },
};

const widgetSchema = {
  openAPIV3Schema: { type: 'object', properties: { spec: widgetSpec, status: widgetStatus } },
};

const widgetColumns = [
  { name: 'Size', type: 'integer', jsonPath: '.spec.size', description: 'How large it is' },
  { name: 'Color', type: 'string', jsonPath: '.spec.color' },
  { name: 'Enabled', type: 'boolean', jsonPath: '.spec.enabled' },
  { name: 'Ratio', type: 'number', jsonPath: '.spec.ratio' },
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Reason', type: 'string', priority: 1, jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
  { name: 'Image', type: 'string', jsonPath: '.spec.containers[0].image' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

function version(name: string, more: object): CrdVersion {
  return { name, served: true, storage: false, ...more };
}

/** A CustomResourceDefinition in the group of the contract tests, or in another one. */
export function crd(
  { kind, plural, scope = 'Namespaced', ...names }: CrdNames,
  versions: readonly CrdVersion[],
  inGroup = group,
): Crd {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${inGroup}` },
    spec: { group: inGroup, scope, names: { kind, plural, singular: kind.toLowerCase(), ...names }, versions },
  };
}

interface CrdNames {
  kind: string;
  plural: string;
  scope?: 'Namespaced' | 'Cluster';
  shortNames?: string[];
  categories?: string[];
}

/** Namespaced, in two versions, with a schema that has every shape of field, and a status of its own. */
const widgets = crd({ kind: 'Widget', plural: 'widgets', shortNames: ['wd'], categories: ['contract'] }, [
  version('v1', {
    storage: true,
    schema: widgetSchema,
    subresources: { status: {} },
    additionalPrinterColumns: widgetColumns,
  }),
  version('v1beta1', { schema: widgetSchema, subresources: { status: {} } }),
]);

/** For the whole cluster; keeps whatever it is given, and its status is a field like any other. */
const gadgets = crd({ kind: 'Gadget', plural: 'gadgets', scope: 'Cluster' }, [
  version('v1', {
    storage: true,
    schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  }),
]);

/**
 * A type of its own for the field that is a number or a string: of a type that has one, Kubernetes before 1.21 ignores
 * what the schema says about lists and maps when it applies.
 */
const sockets = crd({ kind: 'Socket', plural: 'sockets' }, [
  version('v1', {
    storage: true,
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties: {
          spec: {
            type: 'object',
            properties: {
              port: { 'x-kubernetes-int-or-string': true },
              limit: {
                'x-kubernetes-int-or-string': true,
                anyOf: [{ type: 'integer' }, { type: 'string' }],
                pattern: '^[0-9]+m?$',
              },
            },
          },
        },
      },
    },
  }),
]);

/** Makes the types of the contract tests available; safe to call from several test files at once. */
export async function installTypes(): Promise<void> {
  await admin.installCrds([widgets, gadgets, sockets]);
  await untilServed(`/apis/${group}/v1/widgets`);
  await untilServed(`/apis/${group}/v1beta1/widgets`);
  await untilServed(`/apis/${group}/v1/gadgets`);
  await untilServed(`/apis/${group}/v1/sockets`);
}

/** Waits until requests for a new type are answered: a little later than its CustomResourceDefinition says. */
export async function untilServed(path: string): Promise<void> {
  while ((await get(path)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
}
