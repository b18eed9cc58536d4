import { ClusterError } from '../errors';
import { drawFlow } from '../function/flow';
import { toInfo } from '../function/info';
import type { Reason, Report } from '../rollout/report';
import { atLength } from '../ui/rollout-text';

/** How a function stands, as results carry it. */
export interface Standing {
  verdict?: string;
  reasons?: Reason[];
}

export function standingOf({ verdict, reasons }: Report): Standing {
  return { ...(verdict && { verdict }), ...(reasons.length > 0 && { reasons: [...reasons] }) };
}

/** How a function stands, in a few words. */
export function summaryOf({ verdict, phase, progress }: Report): string {
  if (verdict !== 'failed') return progress;
  return phase === 'building' ? 'its image was not built' : `does not run (${progress})`;
}

/** Reasons that are told in an error; more would bury the first. */
const mostReasons = 3;

/** The error for a rollout that did not succeed. */
export function rolloutError(name: string, place: string, report: Report, waited: string): ClusterError {
  const reasons = report.reasons.slice(0, mostReasons);
  const remedies = [...new Set(reasons.flatMap(({ remedy }) => remedy ?? []))];
  return new ClusterError({
    what: `${headlineOf(`the function "${name}" ${place}`, report, waited)}.`,
    ...(reasons.length > 0 && { why: reasons.map(atLength).join('\n') }),
    remedy: [...(remedies.length > 0 ? remedies.slice(0, 2) : fallback(report)), 'See how it stands with: s info'].join(
      '\n',
    ),
  });
}

function headlineOf(subject: string, { verdict, phase, progress }: Report, waited: string): string {
  switch (verdict) {
    case 'failed':
      return phase === 'building' ? `The image of ${subject} was not built` : capitalized(`${subject} does not run`);
    case 'stuck':
      return capitalized(`${subject} does not get on`);
    case 'superseded':
      return capitalized(`${subject} was deployed by somebody else meanwhile`);
    case 'deleted':
      return capitalized(`${subject} was deleted meanwhile`);
    default:
      return capitalized(`${subject} does not run after ${waited}: ${progress}`);
  }
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function fallback({ verdict }: Report): string[] {
  return verdict === 'timeout' ? ['The cluster goes on with it; allow more time with --timeout.'] : [];
}

/** What is told when all is well. */
export function successOf(name: string, verdict: 'running' | 'built', fn: unknown): string {
  if (verdict === 'built') return `Function "${name}" is built: ${builtImage(fn)}`;
  const address = toInfo(fn).addresses?.http?.external;
  return [
    `Function "${name}" runs${address === undefined ? '.' : `: ${address}`}`,
    ...drawFlow(fn).map((line) => `  ${line}`),
  ].join('\n');
}

function builtImage(fn: unknown): string {
  const { image = '', imageDigest } = toInfo(fn);
  return imageDigest === undefined ? image : `${image}@${imageDigest}`;
}
