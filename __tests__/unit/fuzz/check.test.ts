import fc from 'fast-check';
import { checkProps } from '../../../src/props/check';
import { propsOrigin } from '../../../src/props/origin';
import type { Problem } from '../../../src/props/problem';
import { validateProps } from '../../../src/props/validate';
import { valueAt } from '../../../src/record';
import { releases } from '../../../src/releases';
import { mutatedProps, validProps } from '../../support/arbitrary-props';
import { leadsSomewhere } from '../../support/arbitrary/places-of';
import { fuzz } from '../../support/fuzz';

jest.setTimeout(3_600_000);

/** Milliseconds of a processor for one check: mostly it takes one. */
const limit = 5000;

const origin = propsOrigin('hello', undefined);
const targets = fc.record({
  name: fc.constantFrom('hello', 'Hello', 'x'.repeat(60)),
  namespace: fc.constantFrom(undefined, 'default'),
  releases: fc.oneof(fc.constant(undefined), fc.subarray([...releases], { minLength: 1 })),
});
type Target = typeof targets extends fc.Arbitrary<infer T> ? T : never;

async function check(props: unknown, target: Target): Promise<Problem[]> {
  const start = process.cpuUsage();
  const problems = checkProps({ props, problems: await validateProps(props, origin), origin }, target);
  const milliseconds = process.cpuUsage(start).user / 1000;
  if (milliseconds > limit) throw new Error(`checked in ${Math.round(milliseconds)} ms`);
  return problems;
}

test('what is made of schema.json is valid', async () => {
  await fc.assert(
    fc.asyncProperty(validProps, async (props) => {
      expect(await validateProps(props, origin)).toEqual([]);
    }),
    fuzz(1000),
  );
});

test('the same props have the same problems and stay as they are', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedProps, targets, async (props, target) => {
      const before = structuredClone(props);
      const problems = await check(props, target);
      expect(props).toEqual(before);
      expect(await check(structuredClone(props), target)).toEqual(problems);
    }),
    fuzz(1000),
  );
});

test('every problem has a place in the props, and is told in one line', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedProps, targets, async (props, target) => {
      for (const { path, message, example } of await check(props, target)) {
        // What to add may be missing with the map around it, which the example then shows.
        expect([path, leadsSomewhere(props, path) || valueAt(example, path) !== undefined]).toEqual([path, true]);
        expect(faultOf(message, props)).toBeUndefined();
        expect(JSON.stringify(example ?? {})).not.toMatch(/undefined|\[object/);
      }
    }),
    fuzz(2000),
  );
});

/** What is wrong with a message, what it quotes apart. */
function faultOf(message: string, props: unknown): string | undefined {
  if (/[\n\r\u2028]/.test(message)) return `several lines: ${message}`;
  if (message.length > 2000) return `long: ${message}`;
  const own = message.replace(/"(?:[^"\\]|\\.)*(?:"|…)/g, 'X');
  const leak = /\bundefined\b|\[object \w+\]|function \w+\(|\bNaN\b/.exec(own)?.[0];
  // Words of the props, such as a component that is called NaN, stand in lists without quotes.
  const isRepeated = leak !== undefined && JSON.stringify(props).includes(leak);
  if (leak !== undefined && !isRepeated && !(leak === 'NaN' && hasNaN(props))) return `${leak}: ${message}`;
  return own.trim() === '' || /(^|[.:;] )[.:;]|\.\.$| {2}|\(\)/.test(own) ? `empty: ${message}` : undefined;
}

function hasNaN(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Number.isNaN(value);
  return Object.values(value).some(hasNaN);
}
