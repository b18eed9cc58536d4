import { ClusterError, codeOf, messageOf, UserError } from '../../src/errors';

test('the message says what happened, why, and what to do', () => {
  const error = new UserError({ what: 'It broke.', why: 'It was old.\nVery old.', remedy: 'Buy a new one.' });
  expect(error.message).toMatchInlineSnapshot(`
"It broke.
Why: It was old.
  Very old.
What to do: Buy a new one."
`);
  expect(error.name).toBe('UserError');
});

test('an error of the cluster keeps the status and the cause', () => {
  const cause = new Error('socket');
  const error = new ClusterError({ what: 'Refused.' }, { status: 403, cause });
  expect(error).toMatchObject({ message: 'Refused.', status: 403, cause });
});

test('the code of a system error is found along the causes', () => {
  const inner = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  expect(codeOf(new Error('outer', { cause: inner }))).toBe('ECONNREFUSED');
  expect(codeOf('text')).toBeUndefined();
});

test('anything thrown has a message', () => {
  expect(messageOf(new Error('a'))).toBe('a');
  expect(messageOf('b')).toBe('b');
});
