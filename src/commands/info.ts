import { versionOf } from '../api-version';
import { readFunction } from '../cluster/functions';
import { drawFlow } from '../function/flow';
import { toInfo } from '../function/info';
import { defineCommand } from './command';
import { missingFunction } from './missing-function';
import { recallRemoved } from './removed';
import { standingOf, summaryOf } from './standing';

export const info = defineCommand({
  summary: 'Show the function as it is in the cluster',
  description: `Show the function as it is in the cluster: whether it runs, and why not; state of build and serving, image,
addresses, and what flows through it.

Other resources can use its result as \${resources.NAME.info.KEY}.`,
  flags: {},
  needsOnlyTarget: true,
  async run({ connect, logger }) {
    const connected = await connect();
    const { api, key, place } = connected;
    const found = await readFunction(api, key, ['v1beta2', 'v1beta1']);
    if (found === undefined) {
      const removed = recallRemoved(connected);
      if (removed !== undefined) return removed;
      throw missingFunction(key.name, place);
    }
    const { object, serverTime } = found;
    const { lookAtRollout } = await import('../rollout/look');
    const { atLength } = await import('../ui/rollout-text');
    const report = await lookAtRollout(api, object, versionOf(object), serverTime);
    const lines = [
      `${key.name}: ${object.metadata.deletionTimestamp === undefined ? summaryOf(report) : 'is being deleted'}`,
      ...drawFlow(object).map((line) => `  ${line}`),
      ...report.notes,
      ...report.reasons.flatMap((reason) => [
        atLength(reason),
        ...(reason.remedy ? [`  to do: ${reason.remedy}`] : []),
      ]),
    ];
    logger.info(lines.join('\n'));
    return { ...toInfo(object), ...standingOf(report) };
  },
});
