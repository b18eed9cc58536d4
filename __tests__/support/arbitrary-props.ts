import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { isRecord, valueAt, type JsonRecord } from '../../src/record';
import { acceptedProps } from './arbitrary/from-schema';
import { mutated } from './arbitrary/mutations';
import { publishedFunctions, toProps } from './conformance';
import { repository } from './s';

/** Where a function is, and in which version, is for each test to say; a manifest is a file. */
const elsewhere = ['kubeconfig', 'context', 'manifest', 'apiVersion'];

/** Props that schema.json accepts. Mostly inputs and outputs name a component that is declared. */
export const validProps: fc.Arbitrary<JsonRecord> = fc
  .tuple(acceptedProps(elsewhere), fc.nat(7))
  .map(([props, luck]) => (luck === 0 ? props : withDeclaredComponents(props)))
  .map(({ pack, ...props }) => (pack === undefined || props['build'] !== undefined ? props : { ...props, pack }));

/** Props that people have written: those of the examples and of published Functions. */
export const writtenProps: fc.Arbitrary<JsonRecord> = fc.constantFrom(
  ...readExamples(),
  ...publishedFunctions().map(toProps),
);

/** Props with mistakes of all kinds; rarely they are no map at all. */
export const mutatedProps: fc.Arbitrary<unknown> = mutated(fc.oneof(validProps, writtenProps));

function readExamples(): JsonRecord[] {
  const folder = path.join(repository, 'examples');
  return readdirSync(folder).flatMap((example) => {
    const document = load(readFileSync(path.join(folder, example, 's.yaml'), 'utf8'));
    const resources = valueAt(document, ['resources']);
    return (isRecord(resources) ? Object.values(resources) : [])
      .map((resource) => valueAt(resource, ['props']))
      .filter(isRecord);
  });
}

/** Functions whose inputs and outputs mostly work: they name a component, and say to it what its kind needs. */
function withDeclaredComponents(props: JsonRecord): JsonRecord {
  const serving = props['serving'];
  if (!isRecord(serving)) return props;
  const bindings = namesIn(serving['bindings']);
  const topics = namesIn(serving['pubsub']).filter((name) => !bindings.includes(name));
  const declared = [...bindings, ...topics];
  if (declared.length === 0) return props;

  const coherent = (section: string): JsonRecord => {
    const list: unknown = serving[section];
    if (!Array.isArray(list)) return {};
    const items = list.filter(isRecord).map((item, index) => {
      const own = String(item['component']);
      const component = declared.includes(own) ? own : (declared[index % declared.length] ?? own);
      const needed = topics.includes(component)
        ? { topic: 'orders' }
        : section === 'outputs' && { operation: 'create' };
      return { ...needed, ...item, name: `${String(item['name'])}-${index}`, component };
    });
    return { [section]: items };
  };
  const isAsync = Array.isArray(serving['inputs']) && serving['inputs'].length > 0;
  const runtime = isAsync && { runtime: 'async' };
  return { ...props, serving: { ...serving, ...runtime, ...coherent('inputs'), ...coherent('outputs') } };
}

function namesIn(map: unknown): string[] {
  return Object.keys(isRecord(map) ? map : {}).filter((name) => name !== '');
}
