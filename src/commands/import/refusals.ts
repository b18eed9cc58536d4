import { checkProps } from '../../props/check';
import { propsOrigin } from '../../props/origin';
import { validateProps } from '../../props/validate';
import type { Release } from '../../releases';
import { textAt } from '../../record';
import type { Surroundings } from '../command';
import { listOf } from '../findings';
import type { ImportedResource } from './resources';

/** Tells what deploy would refuse; what it would warn of, it tells itself. */
export async function tellRefusals(
  resources: readonly ImportedResource[],
  releases: readonly Release[] | undefined,
  { logger, cwd }: Pick<Surroundings, 'logger' | 'cwd'>,
): Promise<void> {
  for (const { key, props } of resources) {
    const origin = propsOrigin(key, undefined);
    const problems = checkProps(
      { props, problems: await validateProps(props, origin), origin },
      { name: textAt(props, ['name']) || key, namespace: textAt(props, ['namespace']) || undefined, releases },
    );
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) continue;
    const { count, list } = await listOf({ origin, cwd });
    logger.warn(`deploy would refuse ${origin.title} for ${count(errors, 'problem')}:\n${list(errors)}`);
  }
}
