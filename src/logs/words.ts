/** Characters of what a node says. */
const longestRemark = 500;

export function remarkText(text: string): string {
  return `the node says: ${text.slice(0, longestRemark)}`;
}

/** @param how the last run ended; empty where that is not known */
export function restartText(times: number, how: string): string {
  const lost = times > 1 ? '; the logs of the runs between are gone' : '';
  return `was started again${times > 1 ? ` ${times} times` : ''}${how === '' ? '' : ` after ${how}`}${lost}`;
}

export function endText({ isGone, how, isCutShort }: { isGone: boolean; how: string; isCutShort: boolean }): string {
  const what = `${isGone ? 'is gone' : 'has ended'}${how === '' ? '' : ` (${how})`}`;
  return isCutShort ? `${what}; its last lines may be missing: the log could not be read when it went` : what;
}
