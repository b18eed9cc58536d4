import { holdsReference, isEvaluated, isReference } from '../../../src/props/reference';

test.each([
  ['an output of another resource', '${resources.a.output.url}', 'whole'],
  ['spaces inside', '${ vars.port }', 'whole'],
  ['a call', "${env('PORT', 8080)}", 'whole'],
  ['text around it', 'r/${vars.name}:v1', 'part'],
  ['two of them', '${vars.a}${vars.b}', 'part'],
  ['a brace of its own after it', '${vars.a}}', 'part'],
  ['a line break after it', '${vars.a}\n', 'part'],
  ['a variable of a shell', '${PORT}', 'none'],
  ['a name that only begins like one', '${variable}', 'none'],
  ['no end', '${vars.a', 'none'],
  ['no braces', '$vars.a', 'none'],
])('%s: %j', (_title, text, kind) => {
  expect(holdsReference(text)).toBe(kind !== 'none');
  expect(isReference(text)).toBe(kind === 'whole');
});

test.each([
  ['${vars.a}', true],
  ['a ${PORT} b', true],
  ['${}', true],
  ['${\n}', true],
  ['a <% b %> c', true],
  ['<%# b\n%>', true],
  ['${vars.a', false],
  ['$ {a}', false],
  ['$\\{a}', false],
  ['%> a <%', false],
  ['{{ a }}', false],
])('whether the CLI evaluates a part of %j: %s', (text, expected) => {
  expect(isEvaluated(text)).toBe(expected);
});
