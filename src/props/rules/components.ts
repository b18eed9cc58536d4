import { nearest } from '../../nearest';
import { redactText, showText, showWord } from '../../redact';
import type { Draft } from '../draft';
import { errorAt, type Problem } from '../problem';
import { entriesOf, itemsOf, type Rule } from './rule';

/**
 * Every input and output names a component of bindings or pubsub.
 * Source: OpenFunction v1.0.0 function_webhook.go. Later releases lost the check: they drop such an output without a word,
 * and wait for ever for the component of such an input.
 */
export const componentsExist: Rule = ({ serving }) => {
  const declared = new Set([...Object.keys(serving?.bindings ?? {}), ...Object.keys(serving?.pubsub ?? {})]);
  return sections.flatMap((section) =>
    itemsOf(serving?.[section]).flatMap(([index, { component }]) =>
      component === undefined || component === '' || declared.has(component)
        ? []
        : [errorAt(['serving', section, index, 'component'], unknownComponent(component, serving))],
    ),
  );
};

const sections = ['inputs', 'outputs'] as const;

function unknownComponent(component: string, serving: Draft['serving']): string {
  const known = [...Object.keys(serving?.bindings ?? {}), ...Object.keys(serving?.pubsub ?? {})];
  const start = `${showText(component)} is no component of this function.`;
  if (Object.hasOwn(serving?.states ?? {}, component)) {
    return `${showText(component)} is a state store; inputs and outputs need a component of serving.bindings or serving.pubsub.`;
  }
  const near = nearest(component, known);
  if (near !== undefined) return `${start} Did you mean ${showText(near)}?`;
  if (known.length === 0) return `${start} None is declared: declare it under serving.bindings or serving.pubsub.`;
  return `${start} Declared are: ${known.slice(0, 10).map(showWord).join(', ')}${known.length > 10 ? ', …' : ''}.`;
}

/** No key is in both bindings and pubsub. Source: OpenFunction v1.0.0 function_webhook.go. */
export const componentsAreUnique: Rule = ({ serving }) =>
  Object.keys(serving?.pubsub ?? {})
    .filter((key) => Object.hasOwn(serving?.bindings ?? {}, key))
    .map((key) =>
      errorAt(
        ['serving', 'pubsub', key],
        'is also a key of serving.bindings, and inputs and outputs could mean either. Rename one of them.',
      ),
    );

const prefixes = { bindings: 'bindings.', pubsub: 'pubsub.', states: 'state.' } as const;
type ComponentKind = keyof typeof prefixes;
const kinds = Object.keys(prefixes) as ComponentKind[];

/** The type of a component begins as its section says. Source: OpenFunction v1.0.0 function_webhook.go; for states Dapr. */
export const componentTypes: Rule = ({ serving }) =>
  kinds.flatMap((kind) =>
    entriesOf(serving?.[kind]).flatMap(([key, { type }]) =>
      !type || type.startsWith(prefixes[kind]) ? [] : [errorAt(['serving', kind, key, 'type'], wrongType(type, kind))],
    ),
  );

function wrongType(type: string, kind: ComponentKind): string {
  const owner = kinds.find((other) => type.startsWith(prefixes[other]));
  const start = `${showText(type)} is no type of ${kind}`;
  if (owner !== undefined) return `${start}; move the component to serving.${owner}.`;
  return `${start}: that begins with "${prefixes[kind]}". Did you mean ${showText(prefixes[kind] + withoutPrefix(type))}?`;
}

/** Leaves out a slip of a prefix, such as `binding.`; other words are a part of the type, such as `aws.`. */
function withoutPrefix(type: string): string {
  const [first = '', ...rest] = type.split('.');
  return rest.length > 0 && nearest(first, ['bindings', 'bind', 'pubsub', 'pub', 'sub', 'state'])
    ? rest.join('.')
    : type;
}

/**
 * A key becomes a part of the name of a Dapr Component, `<serving>-<section>-<key>-<suffix>`.
 * Nobody checks it, and the function hangs. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go.
 */
export const componentNames: Rule = ({ serving }) =>
  kinds.flatMap((kind) =>
    Object.keys(serving?.[kind] ?? {})
      .filter(
        (key) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(key) || key.length > 200,
      )
      .map((key) =>
        errorAt(
          ['serving', kind, key],
          `${showText(key)} cannot be a part of a name in Kubernetes, and the function would hang. Use at most 200 lower-case letters, digits and "-"${suggestName(key)}.`,
        ),
      ),
  );

function suggestName(key: string): string {
  if (key.length > 200 || redactText(key) !== key) return '';
  const name = key.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, ''); // prettier-ignore
  return name === '' ? '' : `, for instance ${name}`;
}

/** Whether a component is in this section and not in the other, too, which is another problem. */
function isOnly(section: 'bindings' | 'pubsub', serving: Draft['serving'], component = ''): boolean {
  const other = section === 'pubsub' ? 'bindings' : 'pubsub';
  return Object.hasOwn(serving?.[section] ?? {}, component) && !Object.hasOwn(serving?.[other] ?? {}, component);
}

/** A pub/sub component needs a topic; without one the function hears and says nothing. Source: Dapr publishes to topics only. */
export const topics: Rule = ({ serving }) =>
  sections.flatMap((section) =>
    itemsOf(serving?.[section])
      .filter(([, { component, topic }]) => !topic && isOnly('pubsub', serving, component))
      .map(([index, { component = '' }]) =>
        errorAt(
          ['serving', section, index, 'topic'],
          `is required: ${showText(component)} is a pub/sub component. Example: topic: orders`,
        ),
      ),
  );

/** Operations of output bindings that are not "create". Source: the reference of Dapr's bindings. */
const operations: ReadonlyMap<string, string> = new Map([
  ['bindings.http', 'post'],
  ['bindings.postgres', 'exec'],
  ['bindings.postgresql', 'exec'],
  ['bindings.mysql', 'exec'],
  ['bindings.graphql', 'query'],
]);

/** Dapr refuses a message to an output binding that names no operation. Source: Dapr runtime, sendToOutputBinding. */
export const outputOperations: Rule = ({ serving }) =>
  itemsOf(serving?.outputs).flatMap(([index, { component, operation }]) => {
    const type = serving?.bindings?.[component ?? '']?.type;
    if (operation || !isOnly('bindings', serving, component)) return [];
    const usual = operations.get(type ?? '') ?? 'create';
    return [
      errorAt(
        ['serving', 'outputs', index, 'operation'],
        `is required: Dapr refuses every message to a binding without it. For ${type === undefined ? 'most bindings' : showWord(type)} it is usually ${showText(usual)}.`,
      ),
    ];
  });

/** Inputs and outputs are told apart by their names. Source: the function context is a map of these names. */
export const uniqueNames: Rule = ({ serving }) => sections.flatMap((section) => repeatedNames(serving, section));

function repeatedNames(serving: Draft['serving'], section: 'inputs' | 'outputs'): Problem[] {
  const first = new Map<string, number>();
  return itemsOf(serving?.[section]).flatMap(([index, { name }]) => {
    if (name === undefined) return [];
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
      return [];
    }
    return [
      errorAt(
        ['serving', section, index, 'name'],
        `${showText(name)} is the name of ${section}[${before}], too; the function would only see the last of them.`,
      ),
    ];
  });
}
