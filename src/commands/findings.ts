import { UserError } from '../errors';
import type { Logger } from '../inputs/logger';
import type { Problem } from '../props/problem';
import type { Connected, Context } from './command';
import { placesOf, type PlaceReader } from './places';

interface Reader extends PlaceReader {
  logger: Logger;
}

/** @throws UserError that lists all problems, and the warnings after them, when there is an error among them. */
export async function refuse(problems: readonly Problem[], reader: PlaceReader): Promise<void> {
  if (problems.some(({ severity }) => severity === 'error')) throw await problemsError(problems, reader);
}

async function problemsError(problems: readonly Problem[], reader: PlaceReader): Promise<UserError> {
  const { count, list } = await listOf(reader);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return new UserError({
    what: [
      `${count(errors, 'problem')} in ${reader.origin.title}:`,
      list(errors),
      ...(warnings.length > 0 ? [`and ${count(warnings, 'warning')}:`, list(warnings)] : []),
    ].join('\n'),
    remedy: 'Correct what is listed; nothing was changed.',
  });
}

/** Prints warnings. @throws UserError when there are errors; with `strict`, warnings are errors. */
export async function settle(problems: readonly Problem[], reader: Reader, strict: boolean): Promise<void> {
  const judged = strict ? problems.map((problem) => ({ ...problem, severity: 'error' as const })) : problems;
  await refuse(judged, reader);
  if (judged.length === 0) return;
  const { count, list } = await listOf(reader);
  reader.logger.warn(`${count(judged, 'warning')} for ${reader.origin.title}:\n${list(judged)}`);
}

/** How problems are listed and counted. */
export async function listOf(reader: PlaceReader) {
  const { count, listProblems } = await import('../ui/problems');
  const { toYaml } = await import('../ui/yaml');
  const placeOf = await placesOf(reader);
  return { count, list: (problems: readonly Problem[]) => listProblems(problems, placeOf, toYaml) };
}

/** All problems that a look at the cluster brings, or without one, those of the props alone. What was not looked at is said. */
export async function inspect(
  { known, check, logger }: Pick<Context, 'known' | 'check' | 'logger'>,
  { api, key }: Connected,
  skipsCluster: boolean,
): Promise<readonly Problem[]> {
  if (skipsCluster) return check({ namespace: key.namespace });
  const { preflight } = await import('../preflight');
  const { problems, notes } = await preflight(api, key, known, check);
  for (const note of notes) logger.info(note);
  return problems;
}
