import { refuse, settle } from '../../../src/commands/findings';
import { manifestOrigin, propsOrigin } from '../../../src/props/origin';
import { errorAt, warningAt, type Problem } from '../../../src/props/problem';
import { temporaryFolder } from '../../support/files';

const yaml = `edition: 3.0.0
vars:
  common: &common
    runtime: async
resources:
  hello:
    component: ofn
    props:
      image: i
      serving:
        <<: *common
        inputs:
          - name: a
            component: b
`;
const folder = temporaryFolder({ 's.yaml': yaml, 'f.yaml': 'kind: Function\nspec:\n  image: i\n' });
const origin = propsOrigin('hello', `${folder}/s.yaml`);

function reader(at = origin): { origin: typeof origin; cwd: string; logger: Console; said: string[] } {
  const said: string[] = [];
  const logger = { ...console, warn: (text: string) => void said.push(text) };
  return { origin: at, cwd: folder, logger, said };
}

async function messageOf(problems: readonly Problem[], at = origin): Promise<string> {
  return refuse(problems, reader(at)).then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );
}

test('errors come with their place, the warnings after them, each with what to write instead', async () => {
  const problems = [
    errorAt(['image'], 'is wrong.'),
    errorAt(['serving', 'inputs', 0, 'component'], 'is wrong, too.'),
    warningAt(['serving', 'annotations', 'dapr.io/app-protocol'], 'is missing.', {
      serving: { annotations: { a: 'b' } },
    }),
  ];
  expect(await messageOf(problems)).toMatchInlineSnapshot(`
"2 problems in the props of "hello":
  hello.props.image (s.yaml:9:7): is wrong.
  hello.props.serving.inputs[0].component (s.yaml:14:13): is wrong, too.
and 1 warning:
  hello.props.serving.annotations["dapr.io/app-protocol"] (s.yaml:10:7): is missing.
      serving:
        annotations:
          a: b
What to do: Correct what is listed; nothing was changed."
`);
});

test.each([
  ['of a merged map, in that map', ['serving', 'runtime'], 's.yaml:4:5'],
  ['of an item of a list', ['serving', 'inputs', 0], 's.yaml:13:13'],
  ['of what is missing, where it belongs', ['serving', 'inputs', 3, 'name'], 's.yaml:12:9'],
  ['of the props as a whole', [], 's.yaml:8:5'],
])('the place %s', async (_title, path, place) => {
  expect(await messageOf([errorAt(path, 'x')])).toContain(`(${place}): x`);
});

test('places in a manifest', async () => {
  expect(await messageOf([errorAt(['image'], 'x')], manifestOrigin('./f.yaml', `${folder}/f.yaml`))).toContain(
    './f.yaml: spec.image (f.yaml:3:3): x',
  );
});

test.each([
  ['a resource that the file does not hold', propsOrigin('other', `${folder}/s.yaml`)],
  ['a file that cannot be read', propsOrigin('other', `${folder}/none.yaml`)],
  ['no file at all', propsOrigin('other', undefined)],
])('no line is given for %s', async (_title, at) => {
  expect(await messageOf([errorAt(['image'], 'x')], at)).toContain('  other.props.image: x');
});

test('warnings alone are printed and stop nothing', async () => {
  const to = reader();
  await settle([warningAt(['image'], 'is odd.')], to, false);
  expect(to.said).toEqual(['1 warning for the props of "hello":\n  hello.props.image (s.yaml:9:7): is odd.']);
});

test('an example repeats no credentials', async () => {
  const to = reader();
  await settle([warningAt(['image'], 'is odd.', { a: ['redis://:hunter2@r/i'] })], to, false);
  expect(to.said.join()).toContain('redis://<redacted>@r/i');
});

test('with --strict a warning is an error', async () => {
  const to = reader();
  await expect(settle([warningAt(['image'], 'is odd.')], to, true)).rejects.toThrow(
    '1 problem in the props of "hello"',
  );
  expect(to.said).toEqual([]);
});

test('without problems nothing is said', async () => {
  const to = reader();
  await settle([], to, true);
  expect(to.said).toEqual([]);
});
