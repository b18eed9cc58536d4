import path from 'node:path';
import ts from 'typescript';
import { functionOf, readCode, textsOf, type Code } from './texts';

/** A message that the code can give, with what goes with it. */
export interface Message {
  /** The file that has it, relative to src. */
  file: string;
  /** What the function or the rule that gives it is for, from its doc comment. */
  purpose: string;
  severity: 'error' | 'warning' | 'note';
  /** The ways to say it. */
  texts: readonly string[];
  why: readonly string[];
  remedy: readonly string[];
}

/** Functions that make a message of one of their arguments. */
const makers: Readonly<Record<string, { argument: number; severity: Message['severity'] }>> = {
  errorAt: { argument: 1, severity: 'error' },
  warningAt: { argument: 1, severity: 'warning' },
  notChecked: { argument: 0, severity: 'note' },
};

/** All messages of the errors, warnings and notes that the source in src can give, in its order. */
export function findMessages(): Message[] {
  const root = path.resolve('src');
  const config = ts.getParsedCommandLineOfConfigFile(
    'tsconfig.json',
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  );
  if (config === undefined) throw new Error('tsconfig.json cannot be read');
  const program = ts.createProgram([path.join(root, 'index.ts')], config.options);
  const sources = program.getSourceFiles().filter(({ fileName }) => path.resolve(fileName).startsWith(root + path.sep));
  const files = sources.filter(({ fileName }) => !fileName.includes('/generated/'));
  const code = readCode(program.getTypeChecker(), files);
  return files
    .map((file) => ({ file, name: path.relative(root, file.fileName).split(path.sep).join('/') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ file, name }) => messagesIn(file, name, code));
}

function messagesIn(file: ts.SourceFile, name: string, code: Code): Message[] {
  const found: Message[] = [];
  const add = (node: ts.Node, message: Pick<Message, 'severity' | 'texts' | 'why' | 'remedy'>): void => {
    if (message.texts.length > 0) found.push({ file: name, purpose: purposeOf(node), ...message });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const texts = explained(node, code) ?? advised(node, code);
      if (texts) add(node, { severity: 'error', ...texts });
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && functionOf(node.expression, code.checker)) {
      const maker = makers[node.expression.text];
      const argument = maker && node.arguments[maker.argument];
      if (maker && argument) {
        add(node, { severity: maker.severity, texts: textsOf(argument, code), why: [], remedy: [] });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** What an object tells that is an explanation: one with `what`, or with `why` and `remedy`. */
function explained(
  node: ts.ObjectLiteralExpression,
  code: Code,
): Pick<Message, 'texts' | 'why' | 'remedy'> | undefined {
  const [what, why, remedy] = ['what', 'why', 'remedy'].map((key) => valueOf(node, key));
  if (what === undefined && (why === undefined || remedy === undefined)) return undefined;
  const read = (value: ts.Node | undefined): string[] =>
    value === undefined ? [] : textsOf(value, code).filter((text) => text !== '' && text !== '…');
  const texts = read(what);
  return { texts: texts.length > 0 ? texts : read(why), why: texts.length > 0 ? read(why) : [], remedy: read(remedy) };
}

/** What an object says of the props: one with the type `Advice`, or `Problem`, as a whole or for the most part. */
function advised(node: ts.ObjectLiteralExpression, code: Code): Pick<Message, 'texts' | 'why' | 'remedy'> | undefined {
  const message = valueOf(node, 'severity') ? undefined : valueOf(node, 'message');
  const type = code.checker.getContextualType(node);
  if (
    message === undefined ||
    type === undefined ||
    !/^(Omit<)?(Advice|Problem)\b/.test(code.checker.typeToString(type))
  ) {
    return undefined;
  }
  return { texts: textsOf(message, code), why: [], remedy: [] };
}

/** The expression of a property; that of what it returns where it is a function. */
function valueOf(node: ts.ObjectLiteralExpression, key: string): ts.Node | undefined {
  const property = node.properties.find((candidate) => candidate.name?.getText() === key);
  if (property === undefined) return undefined;
  if (ts.isShorthandPropertyAssignment(property)) return property.name;
  if (!ts.isPropertyAssignment(property)) return undefined;
  const { initializer } = property;
  return ts.isArrowFunction(initializer) ? initializer.body : initializer;
}

/** The doc comment, on one line, of the outermost declaration around a node, or of the next above: helpers stand below what they help. */
function purposeOf(node: ts.Node): string {
  let outermost = node;
  while (!ts.isSourceFile(outermost.parent)) outermost = outermost.parent;
  const { statements } = outermost.parent;
  const above = statements.slice(0, statements.indexOf(outermost as ts.Statement) + 1).reverse();
  const comments = above.flatMap((statement) => ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).slice(-1));
  const text = ts.getTextOfJSDocComment(comments[0]?.comment) ?? '';
  return text.replace(/\s+/g, ' ').trim();
}
