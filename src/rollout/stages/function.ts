import { fieldManager, ownEntry } from '../../field-manager';
import { textAt } from '../../record';
import type { ManagedFields, LiveObject } from '../../live-object';
import { generationOf } from '../objects';
import type { Report } from '../report';
import { report, type View } from '../view';

/** A Function that is about to go, or has been replaced by another deploy, ends the rollout. */
export function functionStage(view: View): Report | undefined {
  const { fn } = view;
  const { deletionTimestamp } = fn.metadata;
  if (deletionTimestamp !== undefined) return gone(view, 'is being deleted');
  return isReplaced(view) ? superseded(view) : undefined;
}

/** The Function, or the one that was applied, is no longer there. */
export function gone(view: View, how: string): Report {
  return report(view, {
    phase: 'waiting',
    progress: 'deleted',
    verdict: 'deleted',
    troubles: [
      {
        key: 'deleted',
        gravity: 'final',
        reason: {
          what: `The function ${how} by somebody else.`,
          remedy: 'Deploy again when it is gone.',
        },
      },
    ],
  });
}

/** Whether somebody set other values since: then what runs is not what was applied here. A newer generation alone is no reason. */
function isReplaced({ fn, state }: View): boolean {
  const { applied } = state.goal;
  if (!isNewer(fn, applied)) return false;
  const own = ownFields(applied);
  return (
    (own !== '' && ownFields(fn) !== own) ||
    textAt(fn.spec, ['image']) !== textAt(applied.spec, ['image']) ||
    textAt(fn.spec, ['version']) !== textAt(applied.spec, ['version'])
  );
}

function superseded(view: View): Report {
  const { fn, state } = view;
  const generation = generationOf(fn);
  return report(view, {
    phase: 'waiting',
    progress: 'superseded',
    verdict: 'superseded',
    troubles: [
      {
        key: 'superseded',
        gravity: 'final',
        reason: {
          what: `${whoChanged(fn)} deployed something else meanwhile.`,
          message: `This deploy is generation ${generationOf(state.goal.applied)}, the function is at generation ${generation}.`,
          remedy: 'See what is there with: s info\nDeploy again to return to what is here.',
        },
      },
    ],
  });
}

/** What to know of a change by somebody else that left alone what was applied here. */
export function notesOnChange({ fn, state }: View): string[] {
  if (!isNewer(fn, state.goal.applied)) return [];
  return [
    `${whoChanged(fn)} changed other fields of the function meanwhile; waiting for generation ${generationOf(fn)}.`,
  ];
}

function isNewer(fn: LiveObject, applied: LiveObject): boolean {
  return generationOf(fn) > generationOf(applied);
}

/** The server's record of what ofn set, and when: it changes with each apply that changes anything, and when a field is taken over. */
function ownFields(fn: LiveObject): string {
  const entry = ownEntry(fn);
  return entry === undefined ? '' : JSON.stringify([entry.time, entry.fieldsV1]);
}

function whoChanged(fn: LiveObject): string {
  const timeOf = ({ time = '' }: ManagedFields): string => time;
  const [last] = managers(fn).sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  return last?.manager === undefined || last.manager === fieldManager ? 'Another deploy' : `"${last.manager}"`;
}

/** Those that set fields of the Function itself. */
function managers({ metadata }: LiveObject): ManagedFields[] {
  return (metadata.managedFields ?? []).filter(({ subresource }) => subresource === undefined || subresource === '');
}
