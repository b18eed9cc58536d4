import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IInputs } from '@serverless-devs/component-interface';
import { messageOf, UserError } from '../errors';
import { isRecord } from '../record';

/**
 * What the CLI hands to a method of a component: IInputs, less what `s cli` leaves out.
 * With `s cli`, `props` is JSON text and there is no `yaml`.
 */
export type Inputs = Pick<IInputs, 'command' | 'args' | 'cwd'> & {
  props?: Record<string, unknown> | string;
  resource?: { name: string; component?: string };
  yaml?: { path: string };
};

/** The props as an object. @throws UserError when `s cli -p` was given something else than a JSON object. */
export function readProps(inputs: Inputs): Record<string, unknown> {
  const props = inputs.props ?? {};
  if (typeof props !== 'string') return props;
  try {
    const parsed: unknown = JSON.parse(props);
    if (isRecord(parsed)) return parsed;
  } catch (error) {
    throw notAnObject(messageOf(error));
  }
  throw notAnObject('it is JSON, but not an object.');
}

function notAnObject(why: string): UserError {
  return new UserError({
    what: 'The value of -p is not a JSON object.',
    why,
    remedy: `Write it like -p '{"name": "hello", "namespace": "default"}'.`,
  });
}

/** The folder that relative paths in props start from: that of the s.yaml, else the working directory. */
export function baseDirectory(inputs: Inputs): string {
  return inputs.yaml?.path === undefined ? inputs.cwd : path.dirname(inputs.yaml.path);
}

/** Text of a file that a prop names. @throws UserError naming the prop when it cannot be read. */
export function readReferredFile(file: string, prop: string): string {
  return readText(file, {
    what: `Cannot read the file of ${prop}: ${file}.`,
    remedy: 'Relative paths start from the folder of the s.yaml. Correct the path, or make the file readable.',
  });
}

/** Text of a file without its byte order mark. @throws UserError with this explanation when it cannot be read */
export function readText(file: string, explanation: { what: string; remedy: string }): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UserError({ ...explanation, why: messageOf(error) }, { cause: error });
  }
}
