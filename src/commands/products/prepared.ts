import type { Products } from '../../function/products';
import type { Context } from '../command';

/** What has to be there before a function can be applied. */
export interface Prepared {
  /** What is known of it without making anything. */
  known: Products;
  /** What deploy is going to make, in a sentence; undefined when all of it is there. */
  toMake: string | undefined;
  /** Makes it. @throws UserError or RegistryError when that fails */
  make: () => Promise<Products>;
}

/** What making it takes of a command. */
export type Maker = Pick<Context, 'props' | 'baseDirectory' | 'logger' | 'terminal' | 'interruption'>;

/** Where nothing is to be made. @param tell what the user is told instead */
export function allThere(known: Products, tell = (): void => {}): Prepared {
  const make = (): Promise<Products> => {
    tell();
    return Promise.resolve(known);
  };
  return { known, toMake: undefined, make };
}
