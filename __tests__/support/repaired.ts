import type { Path } from '../../src/path';
import { checkProps } from '../../src/props/check';
import { propsOrigin } from '../../src/props/origin';
import type { Problem } from '../../src/props/problem';
import type { RuleTarget } from '../../src/props/rules/rule';
import { validateProps } from '../../src/props/validate';
import { findUnresolved } from '../../src/props/unresolved';
import { isRecord, valueAt, type JsonRecord } from '../../src/record';
import { changed } from './arbitrary/places-of';

const origin = propsOrigin('hello', undefined);

/** All that ofn finds wrong. */
export async function errorsOf(props: unknown, target: RuleTarget): Promise<Problem[]> {
  const problems = checkProps({ props, problems: await validateProps(props, origin), origin }, target);
  return problems.filter(({ severity }) => severity === 'error');
}

/** Props in which nothing is wrong any more: what errors name is taken out, as long as there are some. */
export async function repaired(props: unknown, target: RuleTarget): Promise<JsonRecord | undefined> {
  let current: unknown = props;
  for (let round = 0; round < 30; round += 1) {
    const paths = [...(await errorsOf(current, target)), ...findUnresolved(current)].map(({ path }) => path);
    if (paths.length === 0) return isRecord(current) ? current : undefined;
    for (const path of paths.reverse()) current = without(current, path);
  }
  return undefined;
}

/** Without the value at a path; where it is missing, without the map that lacks it, and with what every Function needs. */
function without(root: unknown, path: Path): unknown {
  const [section] = path;
  if (path.length <= 1 && valueAt(root, path) === undefined) {
    const needed = { image: 'me/hello:v1', serving: {}, imageCredentials: { name: 'push-secret' }, name: 'hello' };
    const value = Object.entries(needed).find(([key]) => key === section)?.[1];
    return value === undefined ? {} : changed(root, path, value);
  }
  return valueAt(root, path) === undefined ? without(root, path.slice(0, -1)) : changed(root, path, undefined);
}
