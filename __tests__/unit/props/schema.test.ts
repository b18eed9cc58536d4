import Ajv from 'ajv';
import schema from '../../../schema.json';
import { isRecord } from '../../../src/record';
import { hasConformance, readCrds } from '../../../scripts/control-plane/crds';
import type { SchemaNode } from '../../../src/props/json-schema';
import { resolve } from '../../../src/props/schema-node';
import { eachProperty } from '../../support/schema';

test('the CLI can compile it: draft-07, no format, nothing strict mode refuses or warns about', () => {
  const warnings: unknown[] = [];
  const logger = {
    log: () => {},
    warn: (...words: unknown[]) => warnings.push(words),
    error: (...words: unknown[]) => warnings.push(words),
  };
  new Ajv({ allErrors: true, logger }).compile(schema);
  expect(warnings).toEqual([]);
  expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
});

test('every property is described', () => {
  const silent: string[] = [];
  eachProperty(schema, '', (property, path) => {
    if (!property.description) silent.push(path);
  });
  expect(silent).toEqual([]);
});

test('every example is valid', () => {
  const ajv = new Ajv({ strict: false }).addSchema(schema, 'props');
  const wrong: string[] = [];
  eachProperty(schema, '', (property, path) => {
    const validate = ajv.compile({ ...property, definitions: schema.definitions });
    for (const example of property.examples ?? []) {
      if (!validate(example)) wrong.push(`${path}: ${JSON.stringify(example)}`);
    }
  });
  expect(wrong).toEqual([]);
});

describe('against the CRDs of OpenFunction', () => {
  /** Fields of the CRD that props leave out, by path. */
  const leftOut: Record<string, string> = {
    'spec.service': 'of 0.6 alone, without effect on any Function',
    'spec.serving.template.ephemeralContainers': 'Kubernetes refuses them in pod templates',
  };

  interface CrdNode {
    properties?: Record<string, CrdNode>;
    items?: CrdNode;
    additionalProperties?: CrdNode | boolean;
  }

  function missingFields(crd: CrdNode, props: SchemaNode, path: string): string[] {
    if (leftOut[path] !== undefined) return [];
    const node = resolve(props);
    if (crd.items) return missingFields(crd.items, node.items ?? {}, `${path}[]`);
    if (isRecord(crd.additionalProperties)) {
      return missingFields(crd.additionalProperties, (node.additionalProperties ?? {}) as SchemaNode, `${path}.*`);
    }
    if (!crd.properties || node.additionalProperties === true) return [];
    return Object.entries(crd.properties).flatMap(([name, field]) => {
      const inner = `${path}.${name}`;
      const known = node.properties?.[name];
      if (known === undefined) return leftOut[inner] === undefined ? [inner] : [];
      return missingFields(field, known, inner);
    });
  }

  function specOf(release: string): CrdNode {
    const crd = readCrds(release).find(({ metadata }) => metadata.name.startsWith('functions.'));
    const { versions } = crd?.['spec'] as { versions: { name: string; schema: { openAPIV3Schema: CrdNode } }[] };
    const version = versions.find(({ name }) => name === 'v1beta1');
    return version?.schema.openAPIV3Schema.properties?.['spec'] ?? {};
  }

  (hasConformance() ? test.each(['v0.6.0', 'v1.0.0', 'v1.2.0']) : test.skip.each(['absent']))(
    'props know every field of v1beta1 in %s',
    (release) => {
      expect(missingFields(specOf(release), schema as SchemaNode, 'spec')).toEqual([]);
    },
  );
});
