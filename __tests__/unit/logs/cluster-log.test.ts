import { ClusterError } from '../../../src/errors';
import { NetworkFailure } from '../../../src/http/transport';
import { isOfSilence } from '../../../src/logs/cluster-log';
import { IdleLog } from '../../../src/logs/source';
import { createTroubles } from '../../../src/logs/troubles';

const status = (code: number): ClusterError => new ClusterError({ what: 'x' }, { status: code });
const network = (code: string): ClusterError =>
  new ClusterError({ what: 'x' }, { cause: new NetworkFailure('x', { code, reusedConnection: false }) });

describe('a log that is followed and breaks', () => {
  test.each<[string, Error, number, boolean]>([
    ['when nothing came for a minute', new IdleLog(), 60_000, true],
    ['when the node gave no first line', network('ANSWER_TIMEOUT'), 60_000, true],
    ['when a proxy cuts it after silence', network('ECONNRESET'), 30_000, true],
    ['when a proxy says so', status(504), 30_000, true],
    ['in the middle of its answer, after silence', new Error('aborted'), 30_000, true],
    ['in the middle of its answer', new Error('aborted'), 100, false],
    ['at once', network('ECONNRESET'), 10, false],
    ['because the node cannot be reached, late', status(500), 30_000, false],
    ['because the server cannot be reached, late', network('CONNECT_TIMEOUT'), 10_000, false],
    ['because it may not be read', status(403), 30_000, false],
  ])('%s', (_when, error, silence, expected) => {
    expect(isOfSilence(error, silence)).toBe(expected);
  });
});

test('troubles of all logs are told once each, and their end once', () => {
  const notes: string[] = [];
  const troubles = createTroubles({ note: (text) => notes.push(text) });
  const [a, b, c] = ['a', 'b', 'c'].map((pod) => ({ pod, container: 'function' }));
  if (!a || !b || !c) throw new Error();
  for (let turn = 0; turn < 3; turn += 1) {
    troubles.tell(a, new Error('one\nmore'));
    troubles.tell(b, new Error('two'));
    troubles.tell(c, new Error('two'));
  }
  troubles.forget(c);
  troubles.tell(a, undefined);
  troubles.tell(b, undefined);
  troubles.tell(b, undefined);
  expect(notes).toEqual([
    'The logs cannot be read at the moment, trying again: one',
    'The logs cannot be read at the moment, trying again: two',
    'The logs can be read again.',
  ]);
});
