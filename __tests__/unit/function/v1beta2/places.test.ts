import { placeInV1beta1, placeInV1beta2 } from '../../../../src/function/v1beta2/places';
import { formatPath, parseFieldPath } from '../../../../src/path';

const there = (field: string): string => formatPath(placeInV1beta2(parseFieldPath(field)));
const back = (field: string): string => formatPath(placeInV1beta1(parseFieldPath(field)));

test.each([
  ['port', 'serving.triggers.http.port'],
  ['route.gatewayRef.name', 'serving.triggers.http.route.gatewayRef.name'],
  ['serving.inputs', 'serving.triggers.dapr'],
  ['serving.inputs[1].component', 'serving.triggers.dapr[1].name'],
  ['serving.inputs[1].name', 'serving.triggers.dapr[1].inputName'],
  ['serving.inputs[1].topic', 'serving.triggers.dapr[1].topic'],
  ['serving.outputs[0].component', 'serving.outputs[0].dapr.name'],
  ['serving.outputs[0].params.key', 'serving.outputs[0].dapr.metadata.key'],
  ['serving.outputs[0].topic', 'serving.outputs[0].dapr.topic'],
  ['serving.states.store.type', 'serving.states.store.spec.type'],
  ['serving.triggers[2].metadata.topic', 'serving.scaleOptions.keda.triggers[2].metadata.topic'],
  ['serving.template.containers[0].image', 'serving.template.containers[0].image'],
  ['build.timeout', 'build.timeout'],
  ['serving.scaleOptions.keda.scaledObject', 'serving.scaleOptions.keda.scaledObject'],
])('%s is in v1beta2 %s, and back', (v1beta1, v1beta2) => {
  expect(there(v1beta1)).toBe(v1beta2);
  expect(back(v1beta2)).toBe(v1beta1);
});

test.each([
  ['build.shipwright.params[3].value', 'build.params'],
  ['serving.hooks.pre[0]', 'annotations.plugins'],
  ['serving.tracing.provider', 'annotations["plugins.tracing"]'],
  ['serving.workloadType', 'serving.scaleOptions.keda'],
  ['serving.triggers', 'serving.runtime'],
  ['serving.triggers.http', 'serving.runtime'],
])('%s comes of %s as a whole', (v1beta2, v1beta1) => {
  expect(back(v1beta2)).toBe(v1beta1);
});
