import { between } from '../../releases';
import { showText, showValue } from '../../redact';
import type { Draft } from '../draft';
import { errorAt, warningAt } from '../problem';
import { usesNode } from './language';
import type { Rule } from './rule';

/** Whether OpenFunction starts Dapr for the function. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go. */
export function usesDapr(props: Draft): boolean {
  const { serving } = props;
  if (annotationOf(props, 'openfunction.io/enable-dapr')?.value === 'false') return false;
  return [serving?.inputs, serving?.outputs].some((list) => list?.length) || keysOf(serving?.states).length > 0;
}

function keysOf(map: object | undefined): string[] {
  return Object.keys(map ?? {});
}

/** An annotation of the pods, which is also looked for on the Function. */
function annotationOf({ serving, annotations }: Draft, key: string): { value: string; path: string[] } | undefined {
  const ofPods = serving?.annotations?.[key];
  if (ofPods !== undefined) return { value: ofPods, path: ['serving', 'annotations', key] };
  const ofFunction = annotations?.[key];
  return ofFunction === undefined ? undefined : { value: ofFunction, path: ['annotations', key] };
}

const protocol = 'dapr.io/app-protocol';

/**
 * The Node framework speaks only HTTP with Dapr, but the controller assumes gRPC.
 * Source: OpenFunction v1.2.0 pkg/core/serving/openfuncasync/servingrun.go; functions-framework-nodejs 0.6.1.
 */
export const protocolOfNode: Rule = (props) => {
  if (props.serving?.runtime !== 'async' || !usesNode(props)) return [];
  if (props.serving.annotations?.[protocol] === 'http') return [];
  return [
    warningAt(
      ['serving', 'annotations', protocol],
      'An async Node function gets no event without it: it speaks HTTP with Dapr, and OpenFunction assumes gRPC.',
      { serving: { annotations: { [protocol]: 'http' } } },
    ),
  ];
};

const protocols = ['http', 'grpc', 'https', 'grpcs', 'h2c'];

/** Dapr does not start with another one. Source: Dapr's annotations. */
export const knownProtocol: Rule = ({ serving }) => {
  const value = serving?.annotations?.[protocol];
  if (value === undefined || protocols.includes(value)) return [];
  return [
    errorAt(
      ['serving', 'annotations', protocol],
      `${showText(value)} is no protocol that Dapr speaks; expected one of ${protocols.join(', ')}.`,
    ),
  ];
};

/**
 * A sync Node function can only send through outputs when its signature is "openfunction".
 * Source: functions-framework-nodejs 0.6.1 src/options.ts; FUNC_TYPE of the builder sets the same.
 */
export const signatureOfNode: Rule = (props) => {
  const { serving, build, pack } = props;
  if (serving === undefined || serving.runtime === 'async' || !serving.outputs?.length || !usesNode(props)) return [];
  const signature =
    serving.params?.['FUNCTION_SIGNATURE_TYPE'] ?? build?.env?.['FUNC_TYPE'] ?? pack?.env?.['FUNC_TYPE'];
  if (signature === 'openfunction') return [];
  return [
    warningAt(
      ['serving', 'params', 'FUNCTION_SIGNATURE_TYPE'],
      'A sync Node function with outputs needs "openfunction" here; otherwise it gets no context to send with.',
      { serving: { params: { FUNCTION_SIGNATURE_TYPE: 'openfunction' } } },
    ),
  ];
};

/** The app ID by which the controller scopes components is fixed. Source: OpenFunction issue 378. */
export const daprAppId: Rule = (props, { name, namespace }) => {
  const found = annotationOf(props, 'dapr.io/app-id');
  if (found === undefined || found.value === `${name}-${namespace}`) return [];
  return [
    warningAt(
      found.path,
      `${showValue(props, found.path)} takes the place of OpenFunction's own ID, ${name}-${namespace ?? 'NAMESPACE'}, for which alone its components are visible. Remove it.`,
    ),
  ];
};

const mode = 'openfunction.io/dapr-service-mode';

/** KEDA cannot scale by what a Dapr proxy of its own takes in. Source: OpenFunction issue 514; the mode exists since 0.8. */
export const kedaWithStandaloneDapr: Rule = (props, { releases }) => {
  const { serving } = props;
  if (serving?.scaleOptions?.keda === undefined || !usesDapr(props)) return [];
  if (releases?.every((release) => !between('0.8', '1.2').includes(release))) return [];
  const found = annotationOf(props, mode);
  if (found?.value === 'sidecar') return [];
  return [
    warningAt(
      found?.path ?? ['serving', 'annotations', mode],
      `KEDA does not scale a function whose Dapr runs on its own ("standalone"${found ? '' : ', which is the default'}). Let it run beside the function.`,
      { serving: { annotations: { [mode]: 'sidecar' } } },
    ),
  ];
};
