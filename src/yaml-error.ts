import { messageOf } from './errors';
import { isRecord } from './record';

/**
 * What is wrong with a YAML text, and where. The message of js-yaml also shows the lines around it,
 * which in a kubeconfig or a manifest may hold secrets.
 */
export function describeYamlError(error: unknown): string {
  if (!(error instanceof Error) || !('reason' in error) || !('mark' in error)) return messageOf(error);
  const { line, column } = isRecord(error.mark) ? error.mark : {};
  const place =
    typeof line === 'number' && typeof column === 'number' ? ` at line ${line + 1}, column ${column + 1}` : '';
  return `It is not valid YAML: ${String(error.reason)}${place}.`;
}
