import { allThere, type Maker, type Prepared } from './prepared';

/** The commit that a branch or tag stands for now. @throws UserError when Git cannot tell */
export async function pinRevision({ logger, interruption, props }: Maker): Promise<Prepared> {
  const { commitOf } = await import('../../build/revision');
  const { url = '', revision: written } = props.build?.srcRepo ?? {};
  const revision = await commitOf({ url, revision: written }, interruption.signal);
  if (revision !== written) {
    logger.info(`Building ${written ?? 'the default branch'} as it is now: commit ${revision}.`);
  }
  return allThere({ revision });
}
