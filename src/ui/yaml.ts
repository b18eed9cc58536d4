import { dump } from 'js-yaml';

/** An object as YAML that kubectl and people read. */
export function toYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true, quotingType: '"' });
}
