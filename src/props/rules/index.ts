import * as build from './build';
import * as environment from './build-environment';
import * as components from './components';
import * as dapr from './dapr';
import { durations } from './durations';
import { fieldsOfRelease } from './fields';
import { keyedItems } from './keyed-lists';
import * as image from './image';
import * as knative from './knative';
import * as metadata from './metadata';
import * as names from './names';
import * as pack from './pack';
import type { ApiVersion } from '../../api-version';
import type { Rule } from './rule';
import { rulesOfV1beta2, type DraftV1beta2 } from './v1beta2';
import { atOwnPlace, viewOfV1beta2 } from './view-of-v1beta2';
import * as scaling from './scaling';
import { clearCredentials } from './secrets';
import * as serving from './serving';
import * as template from './template';

/** All rules, in the order in which a person would read the props. */
const rules: readonly Rule[] = [
  names.functionName,
  names.functionNameWithDapr,
  names.versionIsAName,
  image.imageReference,
  image.immutableTag,
  pack.credentialsInBuiltImage,
  pack.digestOfBuiltImage,
  pack.unpublishedImage,
  pack.cacheOfPack,
  pack.argumentsOfPack,
  build.credentialsOfImage,
  build.namedCredentials,
  serving.buildOrServing,
  serving.buildOnly,
  build.builderOrDockerfile,
  build.toolOfDockerfile,
  build.builderOfTool,
  build.strategyOfDockerfile,
  build.sourceOfBuild,
  build.bundles,
  build.sourceFolder,
  build.paramsWithoutShipwright,
  build.knownParams,
  build.failedBuilds,
  build.timeoutOfBuild,
  environment.environmentInShell,
  environment.environmentOfDockerfile,
  environment.environmentOfNode,
  serving.asyncInputs,
  serving.syncInputs,
  serving.addressOfAsync,
  components.componentsExist,
  components.topics,
  components.outputOperations,
  components.uniqueNames,
  components.componentsAreUnique,
  components.componentTypes,
  components.componentNames,
  clearCredentials,
  dapr.protocolOfNode,
  dapr.knownProtocol,
  dapr.signatureOfNode,
  dapr.daprAppId,
  dapr.daprMode,
  dapr.kedaWithStandaloneDapr,
  names.environmentNames,
  metadata.podLabels,
  metadata.functionLabels,
  metadata.annotations,
  names.labelsOfController,
  template.containerOfFunction,
  template.containerNames,
  keyedItems,
  template.volumesExist,
  template.restartPolicy,
  template.imageOfContainer,
  knative.portsOnKnative,
  knative.portOfProxy,
  knative.variablesOfKnative,
  knative.containerOfProxy,
  knative.mountedVolumes,
  knative.podOnKnative,
  scaling.replicas,
  scaling.replicaCounts,
  scaling.mergedReplicas,
  scaling.oneScaler,
  scaling.scaledJobs,
  scaling.restartOfJobs,
  scaling.customScaling,
  scaling.triggersScaleSomething,
  scaling.scalerOfRuntime,
  durations,
  fieldsOfRelease,
];

/** What v1beta2 says otherwise, or has rules of its own for. */
const ofV1beta1Alone: readonly Rule[] = [
  serving.asyncInputs,
  serving.syncInputs,
  components.componentsExist,
  scaling.scalerOfRuntime,
  fieldsOfRelease,
];

/** The rules for props that follow the spec of a version. */
export function rulesFor(version: ApiVersion): readonly Rule[] {
  return version === 'v1beta1' ? rules : v1beta2;
}

const v1beta2: readonly Rule[] = [
  ...rulesOfV1beta2.map(
    (rule): Rule =>
      (props, target) =>
        rule(props as DraftV1beta2, target),
  ),
  ...rules
    .filter((rule) => !ofV1beta1Alone.includes(rule))
    .map(
      (rule): Rule =>
        (props, target) =>
          rule(viewOfV1beta2(props as DraftV1beta2), target).map(atOwnPlace),
    ),
];
