import { isFrame, isNoise, isResultHeading } from '../serverless-devs';
import type { Line } from './screen';

/** Stands for the result, which `s info` prints, too. */
const omission: Line = { text: '…', rows: [[{ text: '…', width: 1, colour: 8, bold: false }]] };

/** The lines of a run without those that the CLI puts around every run, and without the result. */
export function shown(lines: readonly Line[]): Line[] {
  const end = lines.findIndex(({ text }) => isResultHeading(text));
  const told = (end === -1 ? lines : lines.slice(0, end)).filter(({ text }) => !isNoise(text) && !isFrame(text));
  return end === -1 ? told : [...told, omission];
}
