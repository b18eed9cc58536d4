import { findUnresolved } from '../props/unresolved';
import type { Context } from './command';

/** Says which values are still `${…}`: the CLI knows outputs of other resources only during deploy. */
export function warnUnresolved({ props, origin, logger }: Pick<Context, 'props' | 'origin' | 'logger'>): void {
  for (const { path, text } of findUnresolved(props)) {
    logger.warn(
      `${origin.locate(path)} is shown as ${text}: it is known only during deploy. \${resources.NAME.info.KEY} works with every command.`,
    );
  }
}
