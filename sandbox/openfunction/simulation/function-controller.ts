import type { JsonRecord } from '../../../src/record';
import type { KubeObject } from '../../apiserver/objects';
import type { Client } from '../../controllers/client';
import type { Controller } from '../../controllers/controller';
import { addressesOf, createRoute } from './entry';
import { builders, functions, servings } from './kinds';
import { modelOf, recordAt, textAt, type FunctionModel } from './model';
import { nextBuild } from './next-build';
import { nextServing } from './next-serving';

/** States of a build in which the serving may begin. */
const built = ['Succeeded', 'Skipped'];

/**
 * Drives a Function: its Builder, then its Serving, then its way in. There is no observedGeneration, and what was
 * Running stays so while something new is built. Source: OpenFunction v1.2.0 controllers/core/function_controller.go.
 */
export function functionController(client: Client): Controller {
  const reconcile = (fn: KubeObject): void => {
    if (fn.metadata.deletionTimestamp !== undefined) return;
    const model = modelOf(fn);
    const status = recordAt(fn, ['status']) ?? {};
    const build = nextBuild(client, fn, model, recordAt(status, ['build']) ?? {});
    const digest = build.digest === undefined ? {} : { revision: { imageDigest: build.digest } };
    const next = {
      ...status,
      build: build.status,
      ...digest,
      ...(build.sources !== undefined && { sources: build.sources }),
    };
    if (!built.includes(textAt(build.status, ['state']))) return save(fn, next);
    const imageDigest = textAt(next, ['revision', 'imageDigest']);
    const serving = nextServing(client, fn, model, imageDigest, recordAt(status, ['serving']));
    save(fn, { ...next, serving, ...entryOf(fn, model, serving) });
  };

  const entryOf = (fn: KubeObject, model: FunctionModel, serving: JsonRecord): JsonRecord => {
    if (serving['state'] !== 'Running' || model.isAsync) return {};
    createRoute(client, fn);
    return addressesOf(fn);
  };

  const save = (fn: KubeObject, status: JsonRecord): void => client.setStatus(fn, status);

  return {
    watches: (kind) => [functions, builders, servings].includes(kind),
    react({ kind, object }) {
      const name = kind === functions ? object.metadata.name : object.metadata.ownerReferences?.[0]?.name;
      const fn = name === undefined ? undefined : client.get(functions, object.metadata.namespace ?? '', name);
      if (fn) reconcile(fn);
    },
  };
}
