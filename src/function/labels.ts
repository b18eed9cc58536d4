/**
 * Labels by which OpenFunction, Shipwright and Tekton mark what they make of a Function.
 * Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go, pkg/constants; Tekton copies those of a BuildRun to its pods.
 */
export const labels = {
  builder: 'openfunction.io/builder',
  serving: 'openfunction.io/serving',
  proxy: 'openfunction.io/proxy',
  buildRun: 'buildrun.shipwright.io/name',
} as const;
