import { UserError } from '../errors';
import { findUnresolved } from '../props/unresolved';
import type { Context } from './command';

/** Says which values are still `${…}`: the CLI resolves outputs of other resources only during deploy, and manifests never. */
export function warnUnresolved({ props, origin, logger }: Pick<Context, 'props' | 'origin' | 'logger'>): void {
  for (const { path, text } of findUnresolved(props)) {
    logger.warn(`${origin.locate(path)}: ${text} ${origin.resolvesReferences ? laterResolved : neverResolved}`);
  }
}

const laterResolved =
  'is known only during deploy and shown as it is. ${resources.NAME.info.KEY} works before, once NAME is deployed.';
const neverResolved = 'is taken as it is: references are not resolved in a manifest file.';

/**
 * Deploy applies no reference as text: with --no-verify the CLI leaves those that it cannot resolve.
 * @throws UserError that lists them. In a manifest file a `${…}` is text like any other, and only warned of.
 */
export function refuseUnresolved(context: Pick<Context, 'props' | 'origin' | 'logger'>): void {
  const { props, origin } = context;
  const references = findUnresolved(props);
  if (references.length === 0) return;
  if (!origin.resolvesReferences) {
    warnUnresolved(context);
    return;
  }
  throw new UserError({
    what: references.map(({ path, text }) => `${origin.locate(path)} is still ${text}.`).join('\n'),
    remedy: 'Deploy the resources that they name together with this one, and without --no-verify.',
  });
}
