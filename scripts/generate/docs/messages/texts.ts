import ts from 'typescript';

/** The code that is read. */
export interface Code {
  checker: ts.TypeChecker;
  /** The calls of each function of ours. */
  calls: ReadonlyMap<ts.SignatureDeclaration, readonly ts.CallExpression[]>;
}

/** Prepares files for being read. */
export function readCode(checker: ts.TypeChecker, files: readonly ts.SourceFile[]): Code {
  const calls = new Map<ts.SignatureDeclaration, ts.CallExpression[]>();
  for (const call of files.flatMap((file) => callsIn(file, () => true))) {
    const target = functionOf(call.expression as ts.Identifier, checker);
    if (target) calls.set(target, [...(calls.get(target) ?? []), call]);
  }
  return { checker, calls };
}

/** What is known of parameters: the arguments of the call that is looked into. */
type Arguments = ReadonlyMap<ts.Symbol, readonly string[]>;

/** Functions that show what they are given. */
const shown: Readonly<Record<string, (words: string) => string>> = {
  showText: (words) => `"${words}"`,
  showWord: (words) => words,
  redactText: (words) => words,
  redactImage: (words) => words,
  trimNoise: (words) => words,
  String: (words) => words,
  nameReleases: () => 'OpenFunction RELEASES',
};

/**
 * The texts that an expression may be, read from the code without running it. What only a run can know stands in capitals,
 * by the name that it has in the code: `There is no ${kind} "${name}"` is `There is no KIND "NAME"`.
 */
export function textsOf(expression: ts.Node, code: Code, given: Arguments = new Map(), depth = 0): string[] {
  const inner = (node: ts.Node): string[] => textsOf(node, code, given, depth + 1);
  if (depth > 12) return [placeholder(expression)];
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isNumericLiteral(expression)) return [expression.text];
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce<string[]>(
      (texts, span) =>
        combine(
          texts,
          inner(span.expression).map((text) => text + span.literal.text),
        ),
      [expression.head.text],
    );
  }
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression) || ts.isAwaitExpression(expression)) {
    return inner(expression.expression);
  }
  if (ts.isConditionalExpression(expression)) return unite(inner(expression.whenTrue), inner(expression.whenFalse));
  if (ts.isBinaryExpression(expression)) return ofOperator(expression, inner);
  if (ts.isIdentifier(expression)) return ofName(expression, code, given, depth);
  if (ts.isCallExpression(expression)) return ofCall(expression, code, given, depth);
  if (ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)) {
    const symbol = code.checker.getSymbolAtLocation(
      ts.isPropertyAccessExpression(expression) ? expression.name : expression,
    );
    const initializer = symbol?.valueDeclaration;
    if (initializer && ts.isPropertyAssignment(initializer)) return inner(initializer.initializer);
  }
  return [placeholder(expression)];
}

function ofOperator(expression: ts.BinaryExpression, inner: (node: ts.Node) => string[]): string[] {
  const left = inner(expression.left);
  const right = inner(expression.right);
  switch (expression.operatorToken.kind) {
    case ts.SyntaxKind.PlusToken:
      return combine(left, right);
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return unite([''], right);
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.BarBarToken: {
      const known = left.filter((text) => text !== '' && !isPlaceholder(text));
      // Another sentence says more than a name in capitals; another name says less.
      const isSentence = right.some((text) => text.includes(' '));
      return known.length > 0 || isSentence ? unite(known, right) : left.filter((text) => text !== '');
    }
    default:
      return [placeholder(expression)];
  }
}

function ofName(name: ts.Identifier, code: Code, given: Arguments, depth: number): string[] {
  const symbol = symbolOf(name, code);
  if (symbol === undefined || name.text === 'undefined') return [''];
  const known = given.get(symbol);
  if (known) return [...known];
  const declaration = symbol.valueDeclaration;
  if (declaration && ts.isParameter(declaration)) return ofParameter(declaration, name, code, depth);
  if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer && isConstant(declaration)) {
    const texts = textsOf(declaration.initializer, code, given, depth + 1);
    if (!texts.every(isPlaceholder)) return texts;
  }
  return [placeholder(name)];
}

/** What the callers of a function give it, where that can be read. */
function ofParameter(parameter: ts.ParameterDeclaration, name: ts.Identifier, code: Code, depth: number): string[] {
  const { parent } = parameter;
  const index = parent.parameters.indexOf(parameter);
  const calls = code.calls.get(parent) ?? callsOfCallback(parent, code);
  const given = calls.flatMap((call) => call.arguments[index] ?? []);
  const texts = given.flatMap((argument) => textsOf(argument, code, new Map(), depth + 1));
  const sentences = texts.filter((text) => text.includes(' ') && !isPlaceholder(text));
  return sentences.length > 0 ? unite(sentences, []) : [placeholder(name)];
}

/** The calls of a function that is handed to another one, in that one. */
function callsOfCallback(callback: ts.Node, { checker }: Code): readonly ts.CallExpression[] {
  const { parent } = callback;
  if (!ts.isCallExpression(parent) || !ts.isIdentifier(parent.expression)) return [];
  const taker = functionOf(parent.expression, checker);
  const parameter = taker?.parameters[parent.arguments.findIndex((argument) => argument === callback)];
  if (taker?.body === undefined || parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
  const symbol = checker.getSymbolAtLocation(parameter.name);
  return callsIn(taker.body, (callee) => checker.getSymbolAtLocation(callee) === symbol);
}

function callsIn(node: ts.Node, isMeant: (callee: ts.Identifier) => boolean): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isCallExpression(inner) && ts.isIdentifier(inner.expression) && isMeant(inner.expression)) found.push(inner);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return found;
}

function ofCall(call: ts.CallExpression, code: Code, given: Arguments, depth: number): string[] {
  const inner = (node: ts.Node): string[] => textsOf(node, code, given, depth + 1);
  const { expression: callee } = call;
  const [first] = call.arguments;
  if (ts.isPropertyAccessExpression(callee)) {
    if (callee.name.text === 'join') return joined(callee.expression, first, inner) ?? [placeholder(callee.expression)];
    if (['filter', 'trim', 'toString'].includes(callee.name.text)) return inner(callee.expression);
    return [placeholder(call)];
  }
  if (!ts.isIdentifier(callee)) return [placeholder(call)];
  if (/^(text|number|value)At$/.test(callee.text)) return [placeholder(call.arguments.at(-1) ?? call)];
  if (callee.text === 'join') return joinTexts(call.arguments.map(inner), ' ');
  const show = shown[callee.text];
  if (show) return first === undefined ? [show('…')] : inner(first).map(show);
  const target = functionOf(callee, code.checker);
  if (target === undefined) return [placeholder(call)];
  const results = returnsOf(target);
  const args = new Map(given);
  target.parameters.forEach(({ name }, index) => {
    const symbol = ts.isIdentifier(name) ? code.checker.getSymbolAtLocation(name) : undefined;
    const argument = call.arguments[index];
    if (symbol && argument) args.set(symbol, inner(argument));
  });
  const texts = results.flatMap((result) => textsOf(result, code, args, depth + 1));
  return texts.length === 0 || texts.every(isPlaceholder) ? [placeholder(call)] : unite(texts, []);
}

/** `[a, b].join(between)`, also of what is filtered. */
function joined(
  list: ts.Expression,
  between: ts.Expression | undefined,
  inner: (node: ts.Node) => string[],
): string[] | undefined {
  const array =
    ts.isCallExpression(list) && ts.isPropertyAccessExpression(list.expression) ? list.expression.expression : list;
  if (!ts.isArrayLiteralExpression(array)) return undefined;
  const parts = array.elements.map((element) => (ts.isSpreadElement(element) ? ['…'] : inner(element)));
  return joinTexts(parts, between && ts.isStringLiteralLike(between) ? between.text : ', ');
}

function joinTexts(parts: readonly string[][], separator: string): string[] {
  const join = (text: string, part: string): string => [text, part].filter((one) => one !== '').join(separator);
  return parts.reduce((texts, part) => combine(texts, part, join), ['']);
}

function symbolOf(name: ts.Identifier, code: Code): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? code.checker.getShorthandAssignmentValueSymbol(name.parent)
    : code.checker.getSymbolAtLocation(name);
  return resolved(symbol, code.checker);
}

function resolved(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): ts.Symbol | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The function of ours that a name stands for. */
export function functionOf(
  name: ts.Identifier,
  checker: ts.TypeChecker,
): (ts.SignatureDeclaration & { body?: ts.Node }) | undefined {
  const declaration = resolved(checker.getSymbolAtLocation(name), checker)?.valueDeclaration;
  if (declaration === undefined || declaration.getSourceFile().isDeclarationFile) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}

function returnsOf({ body }: { body?: ts.Node }): ts.Expression[] {
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body as ts.Expression];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function isConstant(declaration: ts.VariableDeclaration): boolean {
  return ts.isVariableDeclarationList(declaration.parent) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
}

/** What stands for a value that only a run can know: its name in capitals. */
function placeholder(node: ts.Node): string {
  const names = node.getText().match(/[A-Za-z]+/g) ?? [];
  const last = ts.isCallExpression(node) || ts.isBinaryExpression(node) ? undefined : names.at(-1);
  return last === undefined ? '…' : last.replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase();
}

function isPlaceholder(text: string): boolean {
  return text === '…' || /^[A-Z ]+$/.test(text);
}

function unite(some: readonly string[], others: readonly string[]): string[] {
  return [...new Set([...some, ...others])];
}

/** Puts texts together so that each part is in one of them; all combinations would be many, and say no more. */
function combine(texts: readonly string[], parts: readonly string[], join = concatenate): string[] {
  const count = Math.max(texts.length, parts.length);
  const found = Array.from({ length: count }, (_, index) =>
    join(texts[index % texts.length] ?? '', parts[index % parts.length] ?? ''),
  );
  return unite(found, []);
}

function concatenate(text: string, part: string): string {
  return text + part;
}
