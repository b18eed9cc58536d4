import { readFileSync } from 'node:fs';
import path from 'node:path';
import { textAt } from '../../record';

/**
 * The digest of the image that pack has pushed, by its report; undefined when that does not tell.
 * Source: buildpacks/spec platform.md, report.toml.
 */
export async function digestInReport(reportDirectory: string): Promise<string | undefined> {
  const { parse } = await import('smol-toml');
  try {
    const report = parse(readFileSync(path.join(reportDirectory, 'report.toml'), 'utf8'));
    return textAt(report, ['image', 'digest']) || undefined;
  } catch {
    // Older releases of pack write none.
    return undefined;
  }
}
