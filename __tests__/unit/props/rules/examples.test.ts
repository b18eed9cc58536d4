import { apply as applyMergePatch } from 'json-merge-patch';
import type { Draft } from '../../../../src/props/draft';
import {
  builderOrDockerfile,
  credentialsOfImage,
  paramsWithoutShipwright,
  sourceOfBuild,
  strategyOfDockerfile,
  toolOfDockerfile,
} from '../../../../src/props/rules/build';
import { environmentOfNode } from '../../../../src/props/rules/build-environment';
import { kedaWithStandaloneDapr, protocolOfNode, signatureOfNode } from '../../../../src/props/rules/dapr';
import type { Rule } from '../../../../src/props/rules/rule';
import { triggersScaleSomething } from '../../../../src/props/rules/scaling';
import { clearCredentials } from '../../../../src/props/rules/secrets';
import { buildOrServing, syncInputs } from '../../../../src/props/rules/serving';
import { containerOfFunction } from '../../../../src/props/rules/template';
import { ask, examples } from './support';

const node = 'openfunction/builder-node:v2-16.15';
const kafka = { type: 'bindings.kafka', version: 'v1', metadata: [{ name: 'saslPassword', value: 'x' }] };

const forced: Draft = { apiVersion: 'core.openfunction.io/v1beta1' };
const cases: [string, Rule, Draft][] = [
  ['no serving', buildOrServing, {}],
  ['no builder', builderOrDockerfile, { build: {} }],
  ['no tool for a Dockerfile', toolOfDockerfile, { build: { dockerfile: 'd' } }],
  [
    'no tool for kaniko',
    toolOfDockerfile,
    { build: { dockerfile: 'd', shipwright: { strategy: { name: 'kaniko' } } } },
  ],
  ['a Dockerfile that is not read', strategyOfDockerfile, { build: { builder: node, dockerfile: 'd' } }],
  ['no source', sourceOfBuild, { build: { srcRepo: {} } }],
  ['params alone', paramsWithoutShipwright, { ...forced, build: { params: { RUN_IMAGE: 'i' } } }],
  [
    'params alone, for WebAssembly',
    paramsWithoutShipwright,
    { ...forced, workloadRuntime: 'wasmedge', build: { params: { RUN_IMAGE: 'i' } } },
  ],
  ['no credentials of the image', credentialsOfImage, { build: {} }],
  ['no FUNC_NAME', environmentOfNode, { build: { builder: node } }],
  ['no FUNC_NAME for pack', environmentOfNode, { pack: { builder: node } }],
  ['inputs of a sync function', syncInputs, { serving: { inputs: [{ name: 'i' }] } }],
  ['no protocol', protocolOfNode, { image: 'hello-node', serving: { runtime: 'async' } }],
  [
    'the protocol of another framework',
    protocolOfNode,
    { image: 'hello-node', serving: { runtime: 'async', annotations: { 'dapr.io/app-protocol': 'grpc' } } },
  ],
  ['no signature', signatureOfNode, { image: 'hello-node', serving: { outputs: [{ name: 'o' }] } }],
  [
    'a Dapr of its own',
    kedaWithStandaloneDapr,
    { serving: { runtime: 'async', inputs: [{ name: 'i' }], scaleOptions: { keda: {} } } },
  ],
  ['another container', containerOfFunction, { serving: { template: { containers: [{ name: 'app' }] } } }],
  [
    'triggers alone',
    triggersScaleSomething,
    { ...forced, serving: { runtime: 'async', triggers: [{ type: 'cron' }] } },
  ],
  ['a credential in clear', clearCredentials, { serving: { bindings: { kafka } } } as unknown as Draft],
];

test('the builder that is proposed has what it needs', () => {
  const [proposal] = examples(builderOrDockerfile, { build: {} });
  expect(ask(environmentOfNode, proposal as Draft)).toEqual([]);
});

test.each(cases)('%s: what the example says puts it right', (_title, rule, props) => {
  const before = examples(rule, props, { releases: ['1.2'] });
  const patches = before.length > 0 ? before : examples(rule, props);
  expect(patches).toEqual([expect.any(Object)]);
  const corrected = applyMergePatch(structuredClone(props), patches[0]) as Draft;
  expect(ask(rule, corrected, { releases: ['1.2'] })).toEqual([]);
  expect(ask(rule, corrected)).toEqual([]);
});
