import { JSONPath } from 'jsonpath-plus';
import type { JsonRecord } from '../../../src/record';
import type { KubeObject } from '../objects';
import type { Column } from '../resources';

/** Objects as a table, for people to read. Source: meta.k8s.io/v1 Table. */
export function toTable(
  columns: readonly Column[],
  objects: readonly KubeObject[],
  metadata: JsonRecord,
  now: number,
): JsonRecord {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, type, format = '', description = '', priority = 0 }) => ({
      name,
      type,
      format,
      description,
      priority,
    })),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object, now) ?? null),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
    })),
  };
}

export const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name must be unique within a namespace.',
  cell: ({ metadata }) => (metadata as KubeObject['metadata']).name,
};

export const ageColumn: Column = {
  name: 'Age',
  type: 'date',
  description: 'CreationTimestamp is a timestamp representing the server time when this object was created.',
  cell: ({ metadata }, now) => age((metadata as KubeObject['metadata']).creationTimestamp, now),
};

/** A column of a CustomResourceDefinition. */
export function jsonPathColumn({ jsonPath, ...column }: Omit<Column, 'cell'> & { jsonPath: string }): Column {
  const path = `$${jsonPath}`;
  return {
    ...column,
    cell(object, now) {
      const [value] = JSONPath<unknown[]>({ path, json: object, wrap: true, eval: 'safe' });
      if (value === undefined || value === null) return undefined;
      if (column.type === 'date') return typeof value === 'string' ? age(value, now) : '<invalid>';
      return column.type === 'string' && typeof value !== 'string' ? JSON.stringify(value) : value;
    },
  };
}

/** How long ago a time was, as kubectl writes it: `45s`, `3m20s`, `2d4h`. Source: k8s.io/apimachinery util/duration. */
export function age(time: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) return '<invalid>';
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  const both = (a: number, unitA: string, b: number, unitB: string): string =>
    `${a}${unitA}${b > 0 ? `${b}${unitB}` : ''}`;
  if (seconds < 120) return `${Math.max(seconds, 0)}s`;
  if (minutes < 10) return both(minutes, 'm', seconds % 60, 's');
  if (hours < 3) return `${minutes}m`;
  if (hours < 8) return both(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (days < 8) return both(days, 'd', hours % 24, 'h');
  if (days < 730) return `${days}d`;
  return both(Math.floor(days / 365), 'y', days % 365, 'd');
}
