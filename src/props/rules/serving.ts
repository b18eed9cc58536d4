import { between } from '../../releases';
import { errorAt, warningAt } from '../problem';
import { onReleases, type Rule } from './rule';
import { isSync } from './runtime';

/** A function is built, served or both. Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go. */
export const buildOrServing: Rule = ({ build, serving }) =>
  build === undefined && serving === undefined
    ? [
        errorAt(['serving'], 'is required, unless build is given: the function would neither be built nor run.', {
          serving: { template: { containers: [{ name: 'function' }] } },
        }),
      ]
    : [];

/** OpenFunction 1.1 panics over a function that is only built. Source: v1.1.0 apis/core/v1beta2/function_webhook.go. */
export const buildOnly: Rule = ({ build, serving }, target) =>
  build === undefined || serving !== undefined
    ? []
    : onReleases(between('1.1', '1.1'), target, (start) => ({
        path: ['serving'],
        message: `${start}the cluster refuses a function without it: OpenFunction crashes over it. Add serving.`,
      }));

/**
 * An async function without inputs becomes an HTTP function: without Dapr triggers the webhook adds one for HTTP.
 * Source: OpenFunction v1.2.0 apis/core/v1beta2/function_webhook.go.
 */
export const asyncInputs: Rule = ({ serving }, target) =>
  serving?.runtime !== 'async' || serving.inputs?.length
    ? []
    : onReleases(between('1.1', '1.2'), target, (start) => ({
        path: ['serving', 'inputs'],
        message: `${start}an async function without inputs becomes an HTTP function. Add an input, or write runtime: knative.`,
      }));

/** A sync function takes no events. Source: OpenFunction v1.2.0 function_conversion.go drops its inputs; earlier ones ignore them. */
export const syncInputs: Rule = (props) =>
  !isSync(props) || !props.serving?.inputs?.length
    ? []
    : [
        errorAt(
          ['serving', 'inputs'],
          'are dropped with runtime: knative, and no event would call the function. Write runtime: async.',
          { serving: { runtime: 'async' } },
        ),
      ];

/** An async function has no address. Source: OpenFunction v1.2.0 openfuncasync/servingrun.go. */
export const addressOfAsync: Rule = ({ serving, port, route }, target) => {
  if (serving?.runtime !== 'async') return [];
  const wrongPort =
    port === undefined || port === 8080
      ? []
      : onReleases(
          between('1.1', '1.2'),
          target,
          (start) => ({
            path: ['port'],
            message: `${start}${port} has no effect with runtime: async: such a function is called at 8080. Let it listen there.`,
          }),
          'warning',
        );
  const uselessRoute =
    route === undefined
      ? []
      : [warningAt(['route'], 'has no effect with runtime: async: such a function has no address.')];
  return [...wrongPort, ...uselessRoute];
};
