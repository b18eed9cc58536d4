import { formatPath, type Path } from '../path';
import { isRecord } from '../record';
import type { Props } from './generated/types';

/**
 * Props in which anything may be missing: what is of the wrong type is left out, so that rules can judge the rest.
 * An item that is left out leaves a hole in its list, so that the others keep their index.
 */
export type Draft = DraftOf<Props>;

export type DraftOf<T> = T extends readonly (infer Item)[]
  ? readonly (DraftOf<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: DraftOf<T[Key]> | undefined }
    : T;

/** Props without the values at some paths; an item of a list leaves a hole. What is no map says nothing. */
export function draftOf(props: unknown, left: readonly Path[]): Draft {
  if (!isRecord(props)) return {};
  return (left.length === 0 ? props : without(props, new Set(left.map(formatPath)), [])) as Draft;
}

function without(value: unknown, left: ReadonlySet<string>, path: Path): unknown {
  if (path.length > 0 && left.has(formatPath(path))) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => without(item, left, [...path, index]));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, without(item, left, [...path, key])] as const)
      .filter(([, item]) => item !== undefined),
  );
}
