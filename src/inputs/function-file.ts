import path from 'node:path';
import { isRecord, textAt, type JsonRecord } from '../record';
import { parseDocuments, requireFunction, wrongManifest } from './documents';
import { readText } from './inputs';

/** What a file of manifests holds. */
export interface FunctionFile {
  /** In the order of the file; those of a List, too. */
  functions: readonly JsonRecord[];
  /** What is no Function, for instance `Secret "login"`. */
  others: readonly string[];
}

/** Whether an argument is the path of a file, and not the name of a Function: that has neither dots nor slashes. */
export function isPath(argument: string): boolean {
  return /[./\\]/.test(argument);
}

/** Reads the Functions of a file. @throws UserError when there is none, or one that cannot be used */
export async function readFunctionFile(file: string, cwd: string): Promise<FunctionFile> {
  const text = readText(path.resolve(cwd, file), {
    what: `Cannot read the file ${file}.`,
    remedy: 'Correct the path. What has neither dots nor slashes is taken for the name of a function in the cluster.',
  });
  const objects = (await parseDocuments(text, file)).flatMap(itemsOf).filter(isRecord);
  const functions = objects.filter(({ kind }) => kind === 'Function');
  if (functions.length === 0) throw wrongManifest(file, 'It holds no Function.', 'Give a file with kind: Function.');
  for (const fn of functions) {
    requireFunction(fn, file);
    if (textAt(fn, ['metadata', 'name']) === '') {
      throw wrongManifest(file, 'A Function of it has no name.', 'Write metadata.name.');
    }
  }
  const others = objects.filter(({ kind }) => kind !== 'Function');
  return {
    functions,
    others: others.map((object) => `${String(object['kind'])} "${textAt(object, ['metadata', 'name'])}"`),
  };
}

function itemsOf(document: unknown): unknown[] {
  const isList = isRecord(document) && String(document['kind']).endsWith('List') && Array.isArray(document['items']);
  return isList ? (document['items'] as unknown[]) : [document];
}
