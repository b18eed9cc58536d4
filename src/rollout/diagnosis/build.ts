import { textAt } from '../../record';
import type { LiveObject } from '../../live-object';
import { namespaceOf, conditionOf } from '../objects';
import type { Question, Reason } from '../report';
import { causeOf } from './causes';
import type { Answers } from './pods';
import { lastLines, trimNoise } from './words';

/** How a build went, by what is known of it. */
export interface BuildWords {
  reason: string;
  message: string;
}

/** What the cluster says of a build: the Function itself, or where its version has no place for that, the BuildRun. */
export function wordsOfBuild(fn: LiveObject, buildRun: LiveObject | undefined): BuildWords {
  const own = { reason: textAt(fn.status, ['build', 'reason']), message: textAt(fn.status, ['build', 'message']) };
  if (own.reason !== '' || own.message !== '') return own;
  const condition = conditionOf(buildRun, 'Succeeded');
  return { reason: textAt(condition, ['reason']), message: textAt(condition, ['message']) };
}

/** Why a build failed, and the question for the log of the step that did. */
export function reasonOfBuild(
  fn: LiveObject,
  buildRun: LiveObject | undefined,
  answers: Answers,
): { reason: Reason; question: Question | undefined } {
  const builder = textAt(fn.status, ['build', 'resourceRef']);
  const words = wordsOfBuild(fn, buildRun);
  const failed = failedStep(buildRun, words.message);
  const question = failed && { key: `build ${builder}`, source: { ...failed, previous: false } };
  const log = question && answers.get(question.key);
  const cause = causeOf({ of: 'build', ...words, log });
  const namespace = namespaceOf(fn);
  const more = failed
    ? `See the whole log with: kubectl logs ${failed.pod} -c ${failed.container} -n ${namespace}`
    : `See more with: kubectl describe buildruns -l openfunction.io/builder=${builder} -n ${namespace}`;
  return {
    reason: {
      what: cause?.what ?? (failed ? `The step ${failed.container} of the build failed.` : 'The build failed.'),
      where: failed
        ? { kind: 'Pod', name: failed.pod, container: failed.container }
        : { kind: 'Builder', name: builder },
      message:
        [words.reason, failed ? '' : trimNoise(words.message)].filter(Boolean).join(': ') ||
        textAt(fn.status, ['build', 'state']),
      remedy: cause ? `${cause.remedy}\n${more}` : more,
      ...(log && { log: lastLines(log) }),
    },
    question,
  };
}

/** The step to blame: as Shipwright tells it since 0.10, else by its message. Source: Shipwright pkg/reconciler/buildrun/resources/conditions.go. */
function failedStep(buildRun: LiveObject | undefined, message: string): { pod: string; container: string } | undefined {
  const told = {
    pod:
      textAt(buildRun?.status, ['failureDetails', 'location', 'pod']) || textAt(buildRun?.status, ['failedAt', 'pod']),
    container:
      textAt(buildRun?.status, ['failureDetails', 'location', 'container']) ||
      textAt(buildRun?.status, ['failedAt', 'container']),
  };
  if (told.pod !== '' && told.container !== '') return told;
  const [, container, pod] = /step (\S+) failed in pod ([^\s,]+)/.exec(message) ?? [];
  return container !== undefined && pod !== undefined ? { pod, container } : undefined;
}
