import { between } from '../../releases';
import type { Draft } from '../draft';
import { errorAt, warningAt } from '../problem';
import { onReleases, type Rule } from './rule';

/** A function is built, served or both. Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go. */
export const buildOrServing: Rule = ({ build, serving }) =>
  build === undefined && serving === undefined
    ? [
        errorAt(['serving'], 'is required, or build: the function would neither be built nor run.', {
          serving: { template: { containers: [{ name: 'function' }] } },
        }),
      ]
    : [];

/** OpenFunction 1.1 panics over a function that is only built. Source: v1.1.0 apis/core/v1beta2/function_webhook.go. */
export const buildOnly: Rule = ({ build, serving }, target) =>
  build === undefined || serving !== undefined
    ? []
    : onReleases(between('1.1', '1.1'), target, (subject) => ({
        path: ['serving'],
        message: `${subject} breaks down over a function without it. Add serving, or use another release.`,
      }));

/**
 * An async function without inputs becomes an HTTP function: without Dapr triggers the webhook adds one for HTTP.
 * Source: OpenFunction v1.2.0 apis/core/v1beta2/function_webhook.go.
 */
export const asyncInputs: Rule = ({ serving }, target) =>
  serving?.runtime !== 'async' || serving.inputs?.length
    ? []
    : onReleases(between('1.1', '1.2'), target, (subject) => ({
        path: ['serving', 'inputs'],
        message: `${subject} turns an async function without inputs into an HTTP function. Add an input, or write runtime: knative.`,
      }));

/** A sync function takes no events. Source: OpenFunction v1.2.0 function_conversion.go drops its inputs; earlier ones ignore them. */
export const syncInputs: Rule = ({ serving }) =>
  serving === undefined || serving.runtime === 'async' || !serving.inputs?.length
    ? []
    : [
        errorAt(
          ['serving', 'inputs'],
          'are dropped with runtime: knative, and no event would call the function. Write runtime: async.',
          { serving: { runtime: 'async' } },
        ),
      ];

/** An async function has no address. Source: OpenFunction v1.2.0 openfuncasync/servingrun.go. */
export const addressOfAsync: Rule = ({ serving, port, route }: Draft) => {
  if (serving?.runtime !== 'async') return [];
  return [
    ...(port === undefined || port === 8080
      ? []
      : [
          warningAt(
            ['port'],
            `${port} has no effect with runtime: async: OpenFunction 1.1 and later call such a function at 8080. Let the function listen there.`,
          ),
        ]),
    ...(route === undefined
      ? []
      : [warningAt(['route'], 'has no effect with runtime: async: such a function has no address.')]),
  ];
};
