import type { Api } from '../cluster/api';
import { controllerLog, tailLog } from '../cluster/container-logs';
import type { Question } from './report';

const linesShown = 20;
const linesOfController = 500;

/** What the log says that a question is about. */
export async function answer(api: Api, namespace: string, question: Question, signal: AbortSignal): Promise<string[]> {
  const { source, about = '' } = question;
  if (source) return tailLog(api, { namespace, ...source }, linesShown, signal);
  const lines = await controllerLog(api, linesOfController, signal);
  return lines.filter((line) => line.includes(about) && /error|fail/i.test(line)).slice(-5);
}
