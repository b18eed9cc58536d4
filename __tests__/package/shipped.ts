import path from 'node:path';
import { filesIn } from '../support/files';
import { repository } from '../support/s';

/** The files that belong to a package, whoever makes it, relative to its root. */
export function shippedFiles(): string[] {
  return [
    ...filesIn(path.join(repository, 'dist')).map((file) => `dist/${file}`),
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'THIRD_PARTY_NOTICES',
    'package.json',
    'publish.yaml',
    'publish_en.yaml',
    'schema.json',
    'schema/s.schema.json',
    'src/README.md',
    'version.md',
  ].sort();
}
