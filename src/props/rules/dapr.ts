import { between } from '../../releases';
import { showText } from '../../redact';
import type { Draft } from '../draft';
import { errorAt, warningAt } from '../problem';
import { usesNode } from './language';
import { itemsOf, type Rule } from './rule';
import { isSync } from './runtime';

/** Whether OpenFunction starts Dapr for the function. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go. */
export function usesDapr({ serving }: Draft): boolean {
  const choice = serving?.annotations?.['openfunction.io/enable-dapr'];
  if (choice !== undefined) return choice !== 'false';
  const { inputs, outputs, states } = serving ?? {};
  return [inputs, outputs, Object.keys(states ?? {})].some((used) => used !== undefined && used.length > 0);
}

const protocol = 'dapr.io/app-protocol';

/**
 * The Node framework speaks only HTTP with Dapr, but the controller assumes gRPC.
 * Source: OpenFunction v1.2.0 pkg/core/serving/openfuncasync/servingrun.go; functions-framework-nodejs 0.6.1.
 */
export const protocolOfNode: Rule = (props) => {
  if (props.serving?.runtime !== 'async' || !usesNode(props)) return [];
  const written = props.serving.annotations?.[protocol];
  if (written !== undefined && written !== 'grpc') return [];
  return [
    warningAt(
      ['serving', 'annotations', protocol],
      `A Node function gets no event ${written === undefined ? 'without it' : 'over "grpc"'}: it speaks HTTP with Dapr${written === undefined ? ', and OpenFunction assumes gRPC' : ''}.`,
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
  if (!isSync(props) || !serving?.outputs?.length || !usesNode(props)) return [];
  const variable = itemsOf(serving.template?.containers)
    .flatMap(([, { env }]) => itemsOf(env))
    .find(([, { name }]) => name === 'FUNCTION_SIGNATURE_TYPE')?.[1].value;
  const signature =
    variable ?? serving.params?.['FUNCTION_SIGNATURE_TYPE'] ?? build?.env?.['FUNC_TYPE'] ?? pack?.env?.['FUNC_TYPE'];
  if (signature === 'openfunction') return [];
  return [
    warningAt(
      ['serving', 'params', 'FUNCTION_SIGNATURE_TYPE'],
      'A Node function with runtime: knative and outputs needs "openfunction" here; otherwise it gets no context to send with.',
      { serving: { params: { FUNCTION_SIGNATURE_TYPE: 'openfunction' } } },
    ),
  ];
};

const appId = 'dapr.io/app-id';

/** The app ID by which the controller scopes components is fixed. Source: OpenFunction issue 378. */
export const daprAppId: Rule = ({ serving }, { name, namespace }) => {
  const written = serving?.annotations?.[appId];
  if (written === undefined || written === `${name}-${namespace}`) return [];
  if (namespace === undefined && written.startsWith(`${name}-`)) return [];
  return [
    warningAt(
      ['serving', 'annotations', appId],
      `OpenFunction shows the components only to its own ID, ${name}-${namespace ?? 'NAMESPACE'}; with ${showText(written)} the function finds none. Remove it.`,
    ),
  ];
};

const mode = 'openfunction.io/dapr-service-mode';

/** Dapr is not started with another mode. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go:327-372. */
export const daprMode: Rule = (props) => {
  const written = props.serving?.annotations?.[mode];
  if (written === undefined || !usesDapr(props) || ['standalone', 'sidecar'].includes(written)) return [];
  return [
    errorAt(
      ['serving', 'annotations', mode],
      `${showText(written)} is no mode of Dapr, which would not start; expected "standalone" or "sidecar".`,
    ),
  ];
};

/** KEDA cannot scale by what a Dapr proxy of its own takes in. Source: OpenFunction issue 514; the mode exists since 0.8. */
export const kedaWithStandaloneDapr: Rule = (props, { releases }) => {
  const { serving } = props;
  if (serving?.runtime !== 'async' || serving.scaleOptions?.keda === undefined || !usesDapr(props)) return [];
  if (releases?.every((release) => !between('0.8', '1.2').includes(release))) return [];
  const written = serving.annotations?.[mode];
  if (written !== undefined && written !== 'standalone') return [];
  return [
    warningAt(
      ['serving', 'annotations', mode],
      `KEDA does not scale a function whose Dapr runs on its own ("standalone"${written ? '' : ', which is the default'}). Let it run beside the function.`,
      { serving: { annotations: { [mode]: 'sidecar' } } },
    ),
  ];
};
