import path from 'node:path';
import type { SecretVariable } from '../../function/secrets';
import { print, type Logger } from '../../inputs/logger';
import { newSYaml } from '../../ui/s-yaml';
import { componentFor } from './component';
import type { ImportContext } from './flags';
import type { ImportedResource } from './resources';
import { envFileWith, fitsEnvFile, sYamlWith, writeAll, type Destination } from './write';

/**
 * Prints the resources or writes them, and tells which variables they need. Nothing is written when a part of it cannot be.
 * @returns what the CLI prints
 */
export function put(resources: readonly ImportedResource[], context: ImportContext): object | undefined {
  const { flags, cwd, logger, wantsResult } = context;
  const to = destination(flags.to, cwd);
  const secretsTo = destination(flags['secrets-to'], cwd);
  const component = componentFor(context, to === undefined ? context.baseDirectory : path.dirname(to.file));
  const content = Object.fromEntries(resources.map(({ key, props }) => [key, { component, props }]));
  const variables = resources.flatMap((resource) =>
    resource.variables.map((variable) => ({ ...variable, of: resource.key })),
  );
  const kept = secretsTo === undefined ? [] : variables.filter(({ value }) => fitsEnvFile(value));
  writeAll([
    ...(to ? [{ ...to, text: sYamlWith(to, content), isSecret: false }] : []),
    ...(secretsTo && kept.length > 0 ? [{ ...secretsTo, text: envFileWith(secretsTo, kept), isSecret: true }] : []),
  ]);

  const names = Object.keys(content);
  if (to === undefined && !wantsResult) print(logger, newSYaml(path.basename(cwd), content).trimEnd());
  if (kept.length > 0) logger.info(`Wrote ${namesOf(kept).join(', ')} into ${secretsTo?.written}. Keep it out of Git.`);
  if (to) logger.info(`Wrote ${names.join(', ')} into ${to.written}. See what deploy would change with: s plan`);
  tellMissing(
    variables.filter((variable) => !kept.includes(variable)),
    logger,
  );
  if (to) return { file: to.file, names, variables: namesOf(variables) };
  return wantsResult ? { resources: content, variables: namesOf(variables) } : undefined;
}

interface Variable extends SecretVariable {
  /** Name of the resource that needs it. */
  of: string;
}

function namesOf(variables: readonly Variable[]): string[] {
  return variables.map(({ name }) => name);
}

function tellMissing(variables: readonly Variable[], logger: Logger): void {
  if (variables.length === 0) return;
  const lines = variables.map(({ name, of, place }) => `  ${name}: ${of}.props.${place}`);
  logger.warn(`Set these variables before the next s command; secrets are not written:\n${lines.join('\n')}`);
}

function destination(written: string | undefined, cwd: string): Destination | undefined {
  return written === undefined ? undefined : { file: path.resolve(cwd, written), written };
}
