import path from 'node:path';
import { UserError } from '../errors';
import type { Logger } from '../inputs/logger';
import type { Origin } from '../props/origin';
import type { Problem } from '../props/problem';
import type { PlaceOf } from '../ui/problems';
import type { Connected, Context } from './command';

interface Reader {
  origin: Origin;
  /** The folder that file names are shown from. */
  cwd: string;
  logger: Logger;
}

/** @throws UserError that lists all problems, and the warnings after them, when there is an error among them. */
export async function refuse(problems: readonly Problem[], reader: Omit<Reader, 'logger'>): Promise<void> {
  if (problems.some(({ severity }) => severity === 'error')) throw await problemsError(problems, reader);
}

async function problemsError(problems: readonly Problem[], reader: Omit<Reader, 'logger'>): Promise<UserError> {
  const { count, listProblems } = await import('../ui/problems');
  const { toYaml } = await import('../ui/yaml');
  const placeOf = await placesOf(problems, reader);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return new UserError({
    what: [
      `${count(errors, 'problem')} in ${reader.origin.title}:`,
      listProblems(errors, placeOf, toYaml),
      ...(warnings.length > 0 ? [`and ${count(warnings, 'warning')}:`, listProblems(warnings, placeOf, toYaml)] : []),
    ].join('\n'),
    remedy: 'Correct what is listed; nothing was changed.',
  });
}

/** Prints warnings. @throws UserError when there are errors; with `strict`, warnings are errors. */
export async function settle(problems: readonly Problem[], reader: Reader, strict: boolean): Promise<void> {
  const judged = strict ? problems.map((problem) => ({ ...problem, severity: 'error' as const })) : problems;
  await refuse(judged, reader);
  if (judged.length === 0) return;
  const { count, listProblems } = await import('../ui/problems');
  const { toYaml } = await import('../ui/yaml');
  const list = listProblems(judged, await placesOf(judged, reader), toYaml);
  reader.logger.warn(`${count(judged, 'warning')} for ${reader.origin.title}:\n${list}`);
}

/** All problems that a look at the cluster brings, or without one, those of the props alone. What was not looked at is said. */
export async function inspect(
  { known, check, logger }: Pick<Context, 'known' | 'check' | 'logger'>,
  { api, key }: Connected,
  skipsCluster: boolean,
): Promise<Problem[]> {
  if (skipsCluster) return check({ namespace: key.namespace });
  const { preflight } = await import('../preflight');
  const { problems, notes } = await preflight(api, key, known, check);
  for (const note of notes) logger.info(note);
  return problems;
}

/** Places as their author knows them, with line and column where the file can be read. */
async function placesOf(problems: readonly Problem[], { origin, cwd }: Omit<Reader, 'logger'>): Promise<PlaceOf> {
  const { file } = origin;
  if (file === undefined || problems.length === 0) return ({ path: place }) => origin.locate(place);
  const { positionsIn } = await import('../inputs/positions');
  const positionOf = positionsIn(file, origin.pathInFile([]));
  const shown = path.relative(cwd, file) || file;
  return ({ path: place }) => {
    const position = positionOf(origin.pathInFile(place));
    return `${origin.locate(place)}${position ? ` (${shown}:${position.line}:${position.column})` : ''}`;
  };
}
