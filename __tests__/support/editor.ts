import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument, type Position } from 'vscode-languageserver-textdocument';
import { getLanguageService, type Hover } from 'yaml-language-server';
import { repository } from './s';

/** The language server of the YAML extensions of editors. It reads files and nothing from a network. */
const service = getLanguageService({
  schemaRequestService: (uri) => readFile(new URL(uri), 'utf8'),
  workspaceContext: { resolveRelativePath: (relative, resource) => new URL(relative, resource).href },
});
service.configure({ validate: true, hover: true, completion: true });

/** What is underlined in an s.yaml beside those of the examples, as `LINE: MESSAGE` with the text of the line. */
export async function findings(text: string): Promise<string[]> {
  const document = open(text);
  const lines = text.split('\n');
  const diagnostics = await service.doValidation(document, false);
  return diagnostics.map(({ range, message }) => `${(lines[range.start.line] ?? '').trim()}: ${message}`);
}

export interface Completion {
  label: string;
  /** What is written when it is chosen. */
  text: string;
}

/** What is offered where `|` stands in the text. */
export async function completions(text: string): Promise<Completion[]> {
  const { document, position } = openAtCursor(text);
  const { items } = await service.doComplete(document, position, false);
  return items.map(({ label, insertText = label }) => ({ label, text: insertText }));
}

/** What is shown for the word in which `|` stands. */
export async function hover(text: string): Promise<string> {
  const { document, position } = openAtCursor(text);
  return shown(await service.doHover(document, position));
}

function shown(content: Hover | null): string {
  if (content === null || typeof content.contents === 'string' || !('value' in content.contents)) return '';
  return content.contents.value;
}

function openAtCursor(text: string): { document: TextDocument; position: Position } {
  const document = open(text.replace('|', ''));
  return { document, position: document.positionAt(text.indexOf('|')) };
}

let version = 0;

/** A new version each time, since the service keeps what it knows of one. */
function open(text: string): TextDocument {
  version += 1;
  const uri = pathToFileURL(path.join(repository, 'examples', 'any', 's.yaml')).href;
  return TextDocument.create(uri, 'yaml', version, text);
}
