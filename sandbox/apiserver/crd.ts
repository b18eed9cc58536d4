import type { JsonRecord } from '../../src/record';
import { ageColumn, jsonPathColumn, nameColumn } from './discovery/table';
import type { Column, ResourceType, ServedVersion } from './resources';
import type { Schema } from './schema/schema';

export interface PrinterColumn {
  name: string;
  type: string;
  jsonPath: string;
  format?: string;
  description?: string;
  priority?: number;
}

/** The part of a CustomResourceDefinition that the sandbox reads. */
export interface CustomResourceDefinition extends JsonRecord {
  spec: {
    group: string;
    scope: 'Namespaced' | 'Cluster';
    names: {
      kind: string;
      plural: string;
      singular?: string;
      listKind?: string;
      shortNames?: string[];
      categories?: string[];
    };
    versions: {
      name: string;
      served: boolean;
      storage: boolean;
      schema?: { openAPIV3Schema?: Schema };
      subresources?: { status?: object };
      additionalPrinterColumns?: PrinterColumn[];
    }[];
  };
}

/** The type that a CustomResourceDefinition defines. */
export function typeOfCrd({ spec }: CustomResourceDefinition): ResourceType {
  const {
    kind,
    plural,
    singular = kind.toLowerCase(),
    listKind = `${kind}List`,
    shortNames = [],
    categories,
  } = spec.names;
  return {
    group: spec.group,
    kind,
    listKind,
    plural,
    singular,
    shortNames,
    ...(categories && { categories }),
    namespaced: spec.scope === 'Namespaced',
    versions: spec.versions
      .filter(({ served }) => served)
      .map(servedVersionOf)
      .sort(byPriority),
    storageVersion: spec.versions.find(({ storage }) => storage)?.name ?? '',
    hasGeneration: true,
    builtIn: false,
  };
}

function servedVersionOf(version: CustomResourceDefinition['spec']['versions'][number]): ServedVersion {
  const { name, schema, subresources, additionalPrinterColumns } = version;
  return {
    name,
    schema: schema?.openAPIV3Schema,
    columns: [nameColumn, ...(additionalPrinterColumns?.map(describedColumn) ?? [ageColumn])],
    hasStatus: subresources?.status !== undefined,
  };
}

function describedColumn(column: PrinterColumn): Column {
  return jsonPathColumn({
    ...column,
    description: column.description ?? `Custom resource definition column (in JSONPath format): ${column.jsonPath}`,
  });
}

/** Stable before beta before alpha, then the higher number. Source: k8s.io/apimachinery version/helpers.go. */
function byPriority(a: ServedVersion, b: ServedVersion): number {
  const rank = ({ name }: ServedVersion): number[] => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
    if (!match) return [-1];
    const [, major = '0', stage, minor = '0'] = match;
    return [stage === undefined ? 2 : stage === 'beta' ? 1 : 0, Number(major), Number(minor)];
  };
  const other = rank(b);
  return (
    rank(a)
      .map((value, index) => (other[index] ?? 0) - value)
      .find((order) => order !== 0) ?? a.name.localeCompare(b.name)
  );
}
