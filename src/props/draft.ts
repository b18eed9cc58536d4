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
