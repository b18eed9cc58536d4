import { formatPath, type Path } from '../../../src/path';
import { draftOf, type Draft } from '../../../src/props/draft';
import { valueAt } from '../../../src/record';

const reference = '${resources.db.output.name}';

function sample(): object {
  return {
    image: 'me/hello:v1',
    port: reference,
    serving: {
      runtime: 'async',
      params: { LEVEL: 'debug', HOST: reference },
      inputs: [{ name: 'a', component: 'x' }, reference, { name: 'c', component: reference }],
      bindings: { x: { type: 'bindings.kafka' }, 'my.db': reference },
    },
  };
}

const missing: Path[] = [
  ['port'],
  ['serving', 'params', 'HOST'],
  ['serving', 'inputs', 1],
  ['serving', 'inputs', 2, 'component'],
  ['serving', 'bindings', 'my.db'],
];

/** What a reader sees of the sample, and how many missing values it has read. */
function look<Result>(read: (draft: Draft) => Result, places = missing): { seen: Result; blind: number } {
  let blind = 0;
  const seen = read(draftOf(sample(), places, () => (blind += 1)));
  return { seen, blind };
}

describe('props without missing places', () => {
  test('are the props themselves', () => {
    const props = sample();
    expect(draftOf(props, [])).toBe(props);
  });

  test.each([undefined, null, 'text', 1, []])('say nothing when they are no map: %j', (props) => {
    expect(draftOf(props, [])).toEqual({});
  });

  test('tell of nothing', () => {
    expect(look((draft) => draft.serving?.params?.['HOST'], [])).toEqual({ seen: reference, blind: 0 });
  });
});

describe('a missing value', () => {
  test.each(missing.map((place) => [formatPath(place), place] as const))(
    '%s reads as undefined, and is told',
    (_title, place) => {
      expect(look((draft) => valueAt(draft, place))).toEqual({ seen: undefined, blind: 1 });
    },
  );

  test('is told each time it is read', () => {
    expect(look((draft) => [draft.port, draft.port])).toEqual({ seen: [undefined, undefined], blind: 2 });
  });

  test('takes with it what is inside', () => {
    expect(look((draft) => draft.serving?.params?.['LEVEL'], [['serving']])).toEqual({ seen: undefined, blind: 1 });
  });

  test('may be a property that is not there', () => {
    expect(look((draft) => draft.version, [['version']])).toEqual({ seen: undefined, blind: 1 });
    expect(look((draft) => draft.version)).toEqual({ seen: undefined, blind: 0 });
  });

  test('may be all props', () => {
    expect(look((draft) => draft, [[]])).toEqual({ seen: undefined, blind: 1 });
  });

  test('needs nobody who is told', () => {
    expect(draftOf(sample(), missing).port).toBeUndefined();
  });
});

describe('other values', () => {
  test.each<[string, (draft: Draft) => unknown, unknown]>([
    ['beside a missing one', (draft) => draft.image, 'me/hello:v1'],
    ['beside a missing one, deeper', (draft) => draft.serving?.params?.['LEVEL'], 'debug'],
    ['in an item before a missing one', (draft) => draft.serving?.inputs?.[0]?.component, 'x'],
    ['in an item with a missing one', (draft) => draft.serving?.inputs?.[2]?.name, 'c'],
    ['that are not there', (draft) => draft.serving?.outputs, undefined],
    ['of a map with a missing one', (draft) => draft.serving?.bindings?.['x']?.type, 'bindings.kafka'],
  ])('%s are read as they are', (_title, read, expected) => {
    expect(look(read)).toEqual({ seen: expected, blind: 0 });
  });

  test('null stays null', () => {
    expect(valueAt(draftOf({ serving: { timeout: null } }, [['port']]), ['serving', 'timeout'])).toBeNull();
  });
});

describe('a map with a missing value', () => {
  test('keeps its keys, and telling them is not reading', () => {
    const seen = { params: ['LEVEL', 'HOST'], bindings: ['x', 'my.db'] };
    expect(
      look((draft) => ({
        params: Object.keys(draft.serving?.params ?? {}),
        bindings: Object.keys(draft.serving?.bindings ?? {}),
      })),
    ).toEqual({ seen, blind: 0 });
  });

  test('has its key, and asking for it is not reading', () => {
    expect(
      look((draft) => {
        const bindings = draft.serving?.bindings ?? {};
        return [Object.hasOwn(bindings, 'my.db'), 'my.db' in bindings, Object.hasOwn(bindings, 'toString')];
      }),
    ).toEqual({ seen: [true, true, false], blind: 0 });
  });

  test('has entries, and that of the missing value reads as undefined', () => {
    expect(look((draft) => Object.entries(draft.serving?.params ?? {}))).toStrictEqual({
      seen: [
        ['LEVEL', 'debug'],
        ['HOST', undefined],
      ],
      blind: 1,
    });
  });

  test('can be spread', () => {
    expect(look((draft) => ({ ...draft.serving?.params }))).toStrictEqual({
      seen: { LEVEL: 'debug', HOST: undefined },
      blind: 1,
    });
  });

  test('lacks it as JSON', () => {
    const { seen, blind } = look((draft) => JSON.stringify(draft.serving?.params));
    expect(seen).toBe('{"LEVEL":"debug"}');
    expect(blind).toBe(1);
  });
});

describe('a list with a missing item', () => {
  const inputs = (draft: Draft): NonNullable<NonNullable<Draft['serving']>['inputs']> => draft.serving?.inputs ?? [];

  test.each<[string, (draft: Draft) => unknown, unknown, number]>([
    ['is a list', (draft) => Array.isArray(inputs(draft)), true, 0],
    ['has its length', (draft) => inputs(draft).length, 3, 0],
    ['has its indexes', (draft) => [...inputs(draft).keys()], [0, 1, 2], 0],
    ['is mapped', (draft) => inputs(draft).map((item) => item?.name), ['a', undefined, 'c'], 1],
    ['is mapped to a list of its own', (draft) => Array.isArray(inputs(draft).map(() => 0)), true, 1],
    ['is mapped with its indexes', (draft) => inputs(draft).map((_item, index) => index), [0, 1, 2], 1],
    ['is flattened', (draft) => inputs(draft).flatMap((item) => item?.name ?? []), ['a', 'c'], 1],
    ['is filtered', (draft) => inputs(draft).filter((item) => item !== undefined).length, 2, 1],
    ['is searched', (draft) => inputs(draft).findIndex((item) => item?.name === 'c'), 2, 1],
    ['is spread', (draft) => [...inputs(draft)].map((item) => item?.name), ['a', undefined, 'c'], 1],
    ['is destructured', (draft) => (([first]) => first?.name)(inputs(draft)), 'a', 0],
    ['has a last item', (draft) => inputs(draft).at(-1)?.name, 'c', 0],
    ['is sliced', (draft) => inputs(draft).slice(2).map((item) => item?.name), ['c'], 0], // prettier-ignore
    ['has entries', (draft) => Object.entries(inputs(draft)).map(([key]) => key), ['0', '1', '2'], 1],
  ])('%s', (_title, read, seen, blind) => {
    expect(look(read)).toEqual({ seen, blind });
  });

  test('hides what is missing in an item, too', () => {
    expect(look((draft) => inputs(draft).map((item) => item?.component))).toEqual({
      seen: ['x', undefined, undefined],
      blind: 2,
    });
  });
});

test('a number as a key of a map is no index', () => {
  const props = { serving: { params: { 0: 'zero', 1: 'one' } } };
  const draft = draftOf(props, [['serving', 'params', '1']]);
  expect({ ...draft.serving?.params }).toStrictEqual({ 0: 'zero', 1: undefined });
});

test('keys that would look alike when they are joined are told apart', () => {
  const props = { labels: { 'a.b': 'one', a: { b: 'two' } } };
  const draft: unknown = draftOf(props, [['labels', 'a.b']]);
  expect(valueAt(draft, ['labels', 'a.b'])).toBeUndefined();
  expect(valueAt(draft, ['labels', 'a', 'b'])).toBe('two');
});

test('the props are not changed', () => {
  const props = sample();
  JSON.stringify(draftOf(props, missing));
  expect(props).toEqual(sample());
});
