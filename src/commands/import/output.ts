import path from 'node:path';
import type { SecretVariable } from '../../function/secrets';
import { print, type Logger } from '../../inputs/logger';
import { newSYaml } from '../../ui/s-yaml';
import { componentFor } from './component';
import type { ImportContext } from './flags';
import type { ImportedResource } from './resources';
import { envFileWith, fitsEnvFile, sYamlWith, writeText, type Destination } from './write';

/** A file with passwords is for its owner alone. */
const ownerOnly = 0o600;

/**
 * Prints the resources or writes them, and tells which variables they need. Nothing is written when a part of it cannot be.
 * @returns what the CLI prints
 */
export function put(resources: readonly ImportedResource[], context: ImportContext): object | undefined {
  const { flags, cwd, logger, wantsResult } = context;
  const to = destination(flags.to, cwd);
  const component = componentFor(context, to === undefined ? context.baseDirectory : path.dirname(to.file));
  const content = Object.fromEntries(resources.map(({ key, props }) => [key, { component, props }]));
  const sYaml = to === undefined ? newSYaml(path.basename(cwd), content) : sYamlWith(to, content);
  const variables = resources.flatMap((resource) =>
    resource.variables.map((variable) => ({ ...variable, of: resource.key })),
  );
  const missing = putVariables(variables, context);
  const result = { variables: variables.map(({ name }) => name) };
  if (to !== undefined) {
    const names = Object.keys(content);
    writeText(to.file, sYaml);
    logger.info(`Wrote ${names.join(', ')} into ${to.written}. See what deploy would change with: s plan`);
    tellMissing(missing, logger);
    return { file: to.file, names, ...result };
  }
  if (!wantsResult) print(logger, sYaml.trimEnd());
  tellMissing(missing, logger);
  return wantsResult ? { resources: content, ...result } : undefined;
}

interface Variable extends SecretVariable {
  /** Name of the resource that needs it. */
  of: string;
}

/** @returns those that are still to be set */
function putVariables(variables: readonly Variable[], { flags, cwd, logger }: ImportContext): readonly Variable[] {
  const fitting = variables.filter(({ value }) => fitsEnvFile(value));
  const to = destination(flags['secrets-to'], cwd);
  if (to === undefined || fitting.length === 0) return variables;
  writeText(to.file, envFileWith(to, fitting), ownerOnly);
  logger.info(`Wrote ${fitting.map(({ name }) => name).join(', ')} into ${to.written}. Keep it out of Git.`);
  return variables.filter(({ value }) => !fitsEnvFile(value));
}

function tellMissing(variables: readonly Variable[], logger: Logger): void {
  if (variables.length === 0) return;
  const lines = variables.map(({ name, of, place }) => `  ${name}: ${of}.props.${place}`);
  logger.warn(`Set these variables before the next s command; secrets are not written:\n${lines.join('\n')}`);
}

function destination(written: string | undefined, cwd: string): Destination | undefined {
  return written === undefined ? undefined : { file: path.resolve(cwd, written), written };
}
