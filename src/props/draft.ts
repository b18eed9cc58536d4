import { formatPath, type Path } from '../path';
import { isRecord } from '../record';
import type { Props } from './generated/types';

/**
 * Props in which anything may be missing: a value that is wrong already, or not known yet, reads as undefined.
 * Its key stays, and an item of a list keeps its index.
 */
export type Draft = DraftOf<Props>;

export type DraftOf<T> = T extends readonly (infer Item)[]
  ? readonly (DraftOf<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: DraftOf<T[Key]> | undefined }
    : T;

/**
 * A view of props without the values at some places. What is no map says nothing.
 * @param onBlind told whenever one of these is read, so that its reader can be taken for blind
 */
export function draftOf(props: unknown, missing: readonly Path[], onBlind = (): void => {}): Draft {
  if (!isRecord(props)) return {};
  return (missing.length === 0 ? props : view(props, [], new Set(missing.map(formatPath)), onBlind)) as Draft;
}

/** Props of which some values are missing. */
export interface KnownProps {
  draft: Draft;
  /** Reads something out of them; nothing when that had to read a missing value, since it then cannot know. */
  surely: <T>(read: (props: Draft) => readonly T[]) => readonly T[];
}

export function knownProps(props: unknown, missing: readonly Path[]): KnownProps {
  return {
    draft: draftOf(props, missing),
    surely: (read) => {
      const blind = { spots: 0 };
      const found = read(draftOf(props, missing, () => (blind.spots += 1)));
      return blind.spots > 0 ? [] : found;
    },
  };
}

function view(value: unknown, path: Path, missing: ReadonlySet<string>, onBlind: () => void): unknown {
  if (missing.has(formatPath(path))) {
    onBlind();
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const next: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || typeof next === 'function') return next;
      return view(next, [...path, Array.isArray(target) && /^\d+$/.test(key) ? Number(key) : key], missing, onBlind);
    },
  });
}
