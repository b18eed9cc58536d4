import { readFileSync } from 'node:fs';
import { version } from '../../package.json';
import { sectionOf } from './section';

/** Prints what has changed in this version, for its release. */
process.stdout.write(sectionOf(readFileSync('version.md', 'utf8'), version));
