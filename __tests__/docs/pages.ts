import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readPage, type Page } from '../../scripts/markdown';
import { repository } from '../support/s';

const folders = [
  '.',
  'docs',
  'docs/decisions',
  'sandbox',
  'bench',
  'examples/mqtt-bindings',
  'examples/mqtt-pubsub',
  'examples/http-hello',
];

/** All pages for people who use or change ofn. */
export const pages: readonly Page[] = folders.flatMap((folder) =>
  readdirSync(path.join(repository, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => readPage(repository, path.posix.join(folder, file))),
);
