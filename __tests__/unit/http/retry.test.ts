import { delayBeforeRetry, type Failure } from '../../../src/http/retry';

/** The delays between tries when every one fails in the same way. */
function delaysOf(failure: Failure, patience?: number): number[] {
  const delays: number[] = [];
  for (let failures = 1, elapsed = 0; failures < 100; failures += 1) {
    const delay = delayBeforeRetry(failure, { failures, elapsed, jitter: 0, patience });
    if (delay === undefined) return delays;
    delays.push(delay);
    elapsed += delay;
  }
  return delays;
}

const network = (code: string, reusedConnection = false): Failure => ({ kind: 'network', code, reusedConnection });
const status = (code: number, retryAfterSeconds?: number): Failure => ({
  kind: 'status',
  status: code,
  retryAfterSeconds,
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'])('%s is tried three times more within five seconds', (code) => {
  expect(delaysOf(network(code))).toEqual([500, 1000, 2000]);
});

test('a reset on an old connection is tried again at once, on a new one after a pause', () => {
  expect(delaysOf(network('ECONNRESET', true))[0]).toBe(0);
  expect(delaysOf(network('ECONNRESET'))).toEqual([500, 1000, 2000]);
});

test.each(['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'CONNECT_TIMEOUT', 'PROXY_REFUSED'])(
  '%s is final',
  (code) => {
    expect(delaysOf(network(code))).toEqual([]);
  },
);

test('429 and 5xx are tried for a minute at most, the pauses doubling', () => {
  for (const code of [429, 500, 502, 503, 504]) expect(delaysOf(status(code))).toEqual([1000, 2000, 4000, 8000, 16000]);
});

test('Retry-After is honoured, up to half a minute', () => {
  expect(delaysOf(status(429, 5))[0]).toBe(5000);
  expect(delaysOf(status(429, 0))[0]).toBe(1000);
  expect(delaysOf(status(503, 3600))).toEqual([30_000, 30_000]);
});

test.each([400, 403, 404, 409, 422, 501])('%i is final', (code) => {
  expect(delaysOf(status(code))).toEqual([]);
});

test('nothing is tried any more when patience is at its end', () => {
  expect(delaysOf(status(503), 3500)).toEqual([1000, 2000]);
  expect(delaysOf(status(429, 5), 4000)).toEqual([]);
  expect(delaysOf(network('ECONNREFUSED'), 1000)).toEqual([500]);
});

test('jitter adds a quarter at most', () => {
  expect(delayBeforeRetry(status(503), { failures: 1, elapsed: 0, jitter: 1 })).toBe(1250);
});
