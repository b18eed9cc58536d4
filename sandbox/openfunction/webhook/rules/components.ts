import { isRecord, type JsonRecord } from '../../../../src/record';
import { objectAt, objectsAt, sortedEntries, textAt } from '../../conversion/go-json';
import { invalid, quoted, required } from '../field-error';
import type { Problems } from './problems';

const path = 'spec.serving';

/** Inputs, outputs and the components they name (OpenFunction v1.0.0 apis/core/v1beta1/function_webhook.go). */
export function* componentProblems(serving: JsonRecord): Problems {
  yield* referenceProblems(serving, 'inputs');
  yield* referenceProblems(serving, 'outputs');
  yield* definitionProblems(serving, 'pubsub', 'bindings');
  yield* definitionProblems(serving, 'bindings', 'pubsub');
}

function* referenceProblems(serving: JsonRecord, list: 'inputs' | 'outputs'): Problems {
  const known = Object.keys({ ...objectAt(serving, 'pubsub'), ...objectAt(serving, 'bindings') });
  for (const [index, reference] of objectsAt(serving, list).entries()) {
    const place = `${path}.${list}.[${index}]`;
    const component = textAt(reference, 'component');
    if (textAt(reference, 'name') === '') yield required(`${place}.name`, 'must be specified');
    if (!known.includes(component)) {
      const detail = 'must be in the set of the key of spec.serving.bindings or spec.serving.pubsub';
      yield invalid(`${place}.component`, quoted(component), detail);
    }
  }
}

type Section = 'pubsub' | 'bindings';

function* definitionProblems(serving: JsonRecord, section: Section, other: Section): Problems {
  const taken = Object.keys(objectAt(serving, other) ?? {});
  for (const [key, component] of sortedEntries(serving, section)) {
    const place = `${path}.${section}.${key}`;
    const type = textAt(isRecord(component) ? component : {}, 'type');
    if (taken.includes(key)) yield invalid(place, quoted(key), `cannot use the same name as the ${other} component`);
    if (type === '') yield required(`${place}.type`, 'must be specified');
    if (!type.startsWith(`${section}.`)) {
      yield invalid(`${place}.type`, quoted(type), `the prefix should be ${section}.`);
    }
  }
}
