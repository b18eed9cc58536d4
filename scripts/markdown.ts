import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A block of code of a page. */
export interface Block {
  /** `docs/ci.md:12` */
  place: string;
  language: string;
  /** The file that its content belongs into, where the page says one. */
  file: string | undefined;
  content: string;
}

export interface Page {
  /** Relative to the repository. */
  name: string;
  text: string;
  headings: readonly { level: number; text: string }[];
  blocks: readonly Block[];
}

/** Reads a page of Markdown. @param name relative to the repository */
export function readPage(repository: string, name: string): Page {
  const text = readFileSync(path.join(repository, name), 'utf8');
  const fences = [...text.matchAll(/^( *)```(\S*)[^\S\n]*([^\n]*)\n([^]*?)^\1```$/gm)];
  const blocks = fences.map(({ index, 1: indent = '', 2: language = '', 3: attributes = '', 4: content = '' }) => ({
    place: `${name}:${text.slice(0, index).split('\n').length}`,
    language,
    file: /file=(\S+)/.exec(attributes)?.[1],
    content: content.replace(new RegExp(`^${indent}`, 'gm'), ''),
  }));
  const prose = fences.reduce((rest, [fence]) => rest.replace(fence, ''), text);
  const headings = [...prose.matchAll(/^(#+) (.*)$/gm)].map(([, marks = '', heading = '']) => ({
    level: marks.length,
    text: heading,
  }));
  return { name, text, headings, blocks };
}
