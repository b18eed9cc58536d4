import { placeInV1beta2 } from '../../function/v1beta2/places';
import type { Path } from '../../path';
import type { Draft, KnownProps } from '../draft';
import type { DraftV1beta2 } from './v1beta2';

type Serving = NonNullable<DraftV1beta2['serving']>;

/**
 * Props of v1beta2 as a rule for v1beta1 sees them: what it reads is read in its place there, and nothing else, so that a rule is
 * blind for no more than it looks at.
 */
export function viewOfV1beta2(draft: DraftV1beta2): Draft {
  return lens(draft, {
    port: ({ serving }) => serving?.triggers?.http?.port,
    route: ({ serving }) => serving?.triggers?.http?.route,
    build: ({ build }) => build && lens(build, { params: ({ shipwright }) => paramsOf(shipwright) }),
    serving: ({ serving }) => serving && lens(serving, servingLens),
  });
}

/** What was found in the view, at its place in the props. */
export function atOwnPlace<T extends { readonly path: Path }>(finding: T): T {
  return { ...finding, path: placeInV1beta2(finding.path) };
}

/** The same of props of which some values are not known. */
export function viewOfV1beta2Props({ draft, surely }: KnownProps): KnownProps {
  return {
    draft: viewOfV1beta2(draft as DraftV1beta2),
    surely: (read) => surely((known) => read(viewOfV1beta2(known as DraftV1beta2))),
  };
}

const servingLens: Lens<Serving> = {
  runtime: ({ triggers }) => (triggers?.dapr?.length && !triggers.http ? 'async' : 'knative'),
  inputs: ({ triggers }) => triggers?.dapr?.map((trigger) => trigger && lens(trigger, inputLens)),
  outputs: ({ outputs }) => outputs?.map((output) => output?.dapr && lens(output.dapr, outputLens)),
  states: ({ states }) => states && eachOf(states, (state) => state?.spec),
  triggers: ({ scaleOptions }) => scaleOptions?.keda?.triggers,
};

const inputLens: Lens<{ name?: string | undefined; inputName?: string | undefined }> = {
  name: ({ name, inputName }) => inputName ?? name,
  component: ({ name }) => name,
};

const outputLens: Lens<{ name?: string | undefined; outputName?: string | undefined; metadata?: unknown }> = {
  name: ({ name, outputName }) => outputName ?? name,
  component: ({ name }) => name,
  params: ({ metadata }) => metadata,
};

function paramsOf(shipwright: NonNullable<DraftV1beta2['build']>['shipwright']): object | undefined {
  const entries = shipwright?.params?.map((param) => [param?.name, param?.value] as const);
  return entries && (Object.fromEntries(entries) as object);
}

/** How to read some properties of an object otherwise. */
type Lens<T> = Readonly<Record<string, (object: T) => unknown>>;

function lens<T extends object>(object: T, through: Lens<T>): object {
  return new Proxy(object, {
    get: (target, key) =>
      typeof key === 'string' && Object.hasOwn(through, key) ? through[key]?.(target) : Reflect.get(target, key),
  });
}

type StateStores = NonNullable<Serving['states']>;

function eachOf(map: StateStores, read: (value: StateStores[string]) => unknown): object {
  return new Proxy(map, { get: (target, key) => read(target[String(key)]) });
}
