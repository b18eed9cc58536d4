import { formatPath } from '../../../src/path';
import { checkProps } from '../../../src/props/check';
import { manifestOrigin, propsOrigin, type Origin } from '../../../src/props/origin';
import type { Problem } from '../../../src/props/problem';
import type { RuleTarget } from '../../../src/props/rules/rule';
import { validateProps } from '../../../src/props/validate';

const inProps = propsOrigin('hello', '/p/s.yaml');
const inManifest = manifestOrigin('f.yaml', '/p/f.yaml');
const target: RuleTarget = { name: 'hello', namespace: 'default', releases: undefined };

const reference = '${resources.db.output.name}';
const image = 'me/hello:v1';
const inputs = [{ name: 'in', component: 'db' }];

async function check(props: object, origin: Origin = inProps, overrides: Partial<RuleTarget> = {}): Promise<Problem[]> {
  const problems = await validateProps(props, origin);
  return checkProps({ props, problems, origin }, { ...target, ...overrides });
}

/** Problems as lines: `error serving.runtime: …`. */
async function told(props: object, origin?: Origin, overrides?: Partial<RuleTarget>): Promise<string[]> {
  return (await check(props, origin, overrides)).map(
    ({ severity, path, message }) => `${severity} ${formatPath(path)}: ${message}`,
  );
}

const noComponent =
  'error serving.inputs[0].component: "db" is no component of this function. None is declared: declare it under serving.bindings or serving.pubsub.';
const noAsync =
  'error serving.inputs: are dropped with runtime: knative, and no event would call the function. Write runtime: async.';
const noTag =
  'warning image: "me/hello" has no tag, which means "latest": with new content under the same tag, deploy finds nothing changed, and the old code goes on running. Use a tag of its own for each version, or the digest.';
const noImage =
  'warning image: "me/Hello:v1" is no reference to an image; it cannot be pulled. It looks like registry.example.com/me/hello:v1, in lower-case letters.';
const otherContainer =
  'error serving.template.containers[0].name: "app" is not the container that runs the image: that one is called "function", and OpenFunction would add it, without these settings.';

describe('the rules are heard', () => {
  test.each<[string, object, string[]]>([
    [
      'of numbers that contradict each other',
      { image, serving: { scaleOptions: { minReplicas: 11, maxReplicas: 10 } } },
      ['error serving.scaleOptions.minReplicas: 11 is more than maxReplicas, 10.'],
    ],
    ['of inputs of a sync function, and of their components', { image, serving: { inputs } }, [noAsync, noComponent]],
    [
      'of a Dockerfile without its tool',
      { image, imageCredentials: { name: 's' }, serving: {}, build: { dockerfile: 'd', srcRepo: { url: 'u' } } },
      ['error build.builder: is required for a Dockerfile, too: it is the image of the tool that builds.'],
    ],
    ['of neither build nor serving', { image }, [
      'error serving: is required, unless build is given: the function would neither be built nor run.',
    ]], // prettier-ignore
    ['of nothing that is fine', { image, serving: {} }, []],
  ])('%s', async (_title, props, expected) => {
    expect(await told(props)).toEqual(expected);
  });

  test('with the release of the cluster', async () => {
    const props = { image, serving: { runtime: 'async' } };
    expect(await told(props, inProps, { releases: ['1.2'] })).toEqual([
      'error serving.inputs: With OpenFunction 1.2, which this cluster runs, an async function without inputs becomes an HTTP function. Add an input, or write runtime: knative.',
    ]);
    expect(await told(props, inProps, { releases: ['1.0'] })).toEqual([]);
  });
});

describe('a rule that has read a reference is not heard', () => {
  test.each<[string, object, string[]]>([
    [
      'the other bound of scaling',
      { image, serving: { scaleOptions: { minReplicas: 11, maxReplicas: reference } } },
      [],
    ],
    ['the runtime, beside inputs', { image, serving: { runtime: reference, inputs } }, [noComponent]],
    ['all bindings, beside an input', { image, serving: { runtime: 'async', bindings: reference, inputs } }, []],
    [
      'the binding that an input names',
      { image, serving: { runtime: 'async', bindings: { db: reference }, inputs } },
      [],
    ],
    [
      'the component of an input',
      { image, serving: { runtime: 'async', inputs: [{ name: 'in', component: reference }] } },
      [],
    ],
    ['all inputs', { image, serving: { inputs: reference } }, []],
    ['all of serving', { image: 'me/hello', serving: reference }, []],
    ['all of serving, beside an image that is wrong anyway', { image: 'me/Hello:v1', serving: reference }, [noImage]],
    ['the image', { image: reference, serving: {} }, []],
    ['a part of the image', { image: 'me/Hello:${vars.tag}', serving: {} }, []],
    [
      'the Dockerfile, with no builder',
      { image, imageCredentials: { name: 's' }, serving: {}, build: { dockerfile: reference, srcRepo: { url: 'u' } } },
      [],
    ],
    [
      'the source of a build',
      { image, imageCredentials: reference, serving: {}, build: { builder: 'b', srcRepo: { url: reference } } },
      [],
    ],
    ['one of the containers', { image, serving: { template: { containers: [{ name: 'app' }, reference] } } }, []],
    [
      'the name of a container',
      { image, serving: { template: { containers: [{ name: 'app' }, { name: reference }] } } },
      [],
    ],
    [
      'another value, while the release is read from keys',
      { image, serving: { runtime: reference, params: { A: reference }, states: { cart: reference } } },
      [
        'warning serving.states: With OpenFunction 1.0 and earlier, this field is not known and would be dropped; OpenFunction has it since 1.1.',
      ],
    ],
    [
      'a value whose key is wrong, which is told by a rule that reads keys alone',
      { image, serving: { params: { '1ST': reference } } },
      [
        'error serving.params["1ST"]: "1ST" cannot be the name of an environment variable. Use letters, digits, "_", "-" and ".", and no digit at the beginning.',
      ],
    ],
  ])('%s', async (_title, props, expected) => {
    expect(await told(props)).toEqual(expected);
  });

  test('while others are', async () => {
    const props = {
      image: 'me/hello',
      serving: {
        runtime: reference,
        inputs,
        scaleOptions: { minReplicas: 11, maxReplicas: reference },
        template: { containers: [{ name: 'app', image: reference }] },
      },
    };
    expect(await told(props)).toEqual([noComponent, otherContainer, noTag]);
  });
});

describe('a rule that has read a wrong value is not heard', () => {
  test.each<[string, object, string[]]>([
    [
      'a slip in the runtime',
      {
        image,
        serving: {
          runtime: 'Async',
          inputs,
          bindings: { db: { type: 'bindings.kafka', version: 'v1', metadata: [] } },
        },
      },
      ['error serving.runtime: "Async" is not allowed; expected one of knative, async. Did you mean "async"?'],
    ],
    [
      'a slip in a key, whose own keys others name',
      { image, serving: { runtime: 'async', bindngs: { db: {} }, inputs } },
      ['error serving.bindngs: is not a known property. Did you mean "bindings"?'],
    ],
    [
      'a slip in the key of a section',
      { image, servng: {} },
      ['error servng: is not a known property. Did you mean "serving"?'],
    ],
    ['a section that is no map', { image, build: true }, ['error build: true is not allowed; expected a map.']],
    [
      'a bound that is no number',
      { image, serving: { scaleOptions: { minReplicas: 11, maxReplicas: 'many' } } },
      ['error serving.scaleOptions.maxReplicas: "many" is not allowed; expected a whole number of at least 0.'],
    ],
    [
      'an image that is missing',
      { serving: {} },
      [
        'error image: is required. Image of the function: what a build produces and what serving runs. Example: image: registry.example.com/me/hello:v1',
      ],
    ],
    [
      'a name that is missing because of a slip',
      {
        image,
        serving: {
          runtime: 'async',
          inputs: [{ nme: 'in', component: 'db' }],
          bindings: { db: { type: 'bindings.kafka', version: 'v1', metadata: [] } },
        },
      },
      ['error serving.inputs[0].nme: is not a known property. Did you mean "name"?'],
    ],
  ])('%s', async (_title, props, expected) => {
    expect(await told(props)).toEqual(expected);
  });

  test('while others are', async () => {
    const props = {
      image: 'me/hello',
      serving: { runtime: 'Async', inputs, template: { containers: [{ name: 'app' }] } },
    };
    expect(await told(props)).toEqual([
      'error serving.runtime: "Async" is not allowed; expected one of knative, async. Did you mean "async"?',
      noComponent,
      otherContainer,
      noTag,
    ]);
  });

  test('a slip that is near to no key hides nothing', async () => {
    expect(await told({ image, serving: { inputs, zzz: 1 } })).toEqual([
      expect.stringMatching(/^error serving\.zzz: is not a known property\. Known here: /),
      noAsync,
      noComponent,
    ]);
  });
});

describe('nothing is judged of what is no props', () => {
  test('not of a whole Function', async () => {
    expect(await told({ kind: 'Function', spec: { image: 'me/hello' } })).toEqual([
      'error : hold a whole Function. Write what stands under its "metadata" and "spec" right here, or name its file: manifest: ./function.yaml',
    ]);
  });

  test('not of a list', async () => {
    expect(await told([])).toEqual(['error : a list is not allowed; expected a map.']);
  });

  test('the problems that were found stay as they are', () => {
    const found: Problem[] = [
      { severity: 'warning', path: ['image'], message: 'is old.' },
      { severity: 'error', path: [], message: 'are wrong.' },
    ];
    expect(checkProps({ props: {}, problems: found, origin: inProps }, target)).toEqual(found);
  });
});

describe('the order', () => {
  test('errors of the schema come first, then those of the rules, then warnings', async () => {
    const props = { image: 'me/hello', port: 'x', serving: { params: { '1ST': 'a' }, triggers: [{ type: 'cron' }] } };
    expect((await check(props)).map(({ severity, path }) => `${severity} ${formatPath(path)}`)).toEqual([
      'error port',
      'error serving.triggers[0].metadata',
      'error serving.params["1ST"]',
      'warning image',
      'warning serving.triggers',
    ]);
  });

  test('warnings that were found before come after the errors, too', () => {
    const early: Problem = { severity: 'warning', path: ['version'], message: 'is old.' };
    const found = checkProps({ props: { image }, problems: [early], origin: inProps }, target);
    expect(found.map(({ severity, path }) => `${severity} ${formatPath(path)}`)).toEqual([
      'error serving',
      'warning version',
    ]);
  });
});

describe('in a manifest a reference is text', () => {
  test.each<[string, object, string[]]>([
    [
      'where text is fine',
      { image, version: '${vars.version}', serving: {} },
      [
        'error version: "${vars.version}" cannot be a part of a name in Kubernetes, and the function would hang. Use at most 38 lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance vars.version.',
      ],
    ],
    [
      'as the name of a component',
      { image, serving: { runtime: 'async', inputs: [{ name: 'in', component: reference }] } },
      [
        'error serving.inputs[0].component: "${resources.db.output.name}" is no component of this function. None is declared: declare it under serving.bindings or serving.pubsub.',
      ],
    ],
    [
      'where text is wrong',
      { image, serving: { runtime: reference, inputs } },
      [
        'error serving.runtime: "${resources.db.output.name}" is not allowed; expected one of knative, async.',
        noComponent,
      ],
    ],
  ])('%s', async (_title, props, expected) => {
    expect((await told(props, inManifest)).filter((line) => line.startsWith('error'))).toEqual(expected);
  });

  test('while it is not known in props', async () => {
    expect(await told({ image, version: '${vars.version}', serving: {} })).toEqual([]);
  });

  test('braces that are no reference are text everywhere', async () => {
    for (const origin of [inProps, inManifest]) {
      expect(await told({ image, version: '${VERSION}', serving: {} }, origin)).toEqual([
        'error version: "${VERSION}" cannot be a part of a name in Kubernetes, and the function would hang. Use at most 38 lower-case letters, digits, "." and "-", with a letter or digit at both ends, for instance version.',
      ]);
    }
  });
});
