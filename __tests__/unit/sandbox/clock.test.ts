import { manualClock, realClock, stoppableClock, timestamp, type ManualClock } from '../../../sandbox/apiserver/clock';

const start = Date.UTC(2026, 0, 1);

describe('a clock that is advanced by hand', () => {
  test('stands still by itself', () => {
    const clock = manualClock(start);
    expect([clock.now(), clock.now()]).toEqual([start, start]);
  });

  test('does what is due in the order of its time, and shows that time', () => {
    const clock = manualClock(start);
    const done: [string, number][] = [];
    const plan = (name: string, milliseconds: number): void => {
      clock.after(milliseconds, () => done.push([name, clock.now() - start]));
    };
    plan('late', 30);
    plan('early', 10);
    plan('also early', 10);
    plan('later', 31);
    clock.advance(30);
    expect(done).toEqual([
      ['early', 10],
      ['also early', 10],
      ['late', 30],
    ]);
    expect(clock.now()).toBe(start + 30);
  });

  test('does what is planned on the way, as far as it is due', () => {
    const clock = manualClock(start);
    const done: number[] = [];
    const again = (): void => {
      done.push(clock.now() - start);
      clock.after(10, again);
    };
    clock.after(10, again);
    clock.advance(35);
    expect(done).toEqual([10, 20, 30]);
    clock.advance(5);
    expect(done).toEqual([10, 20, 30, 40]);
  });

  test('does what is due at once only when it is advanced', () => {
    const clock = manualClock(start);
    const action = jest.fn();
    clock.after(0, action);
    expect(action).not.toHaveBeenCalled();
    clock.advance(0);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test('forgets what was called off, even on the way', () => {
    const clock = manualClock(start);
    const action = jest.fn();
    clock.after(10, action)();
    const callOff = clock.after(20, action);
    clock.after(15, callOff);
    clock.advance(100);
    expect(action).not.toHaveBeenCalled();
  });
});

describe('a clock that can be stopped', () => {
  let inner: ManualClock;
  beforeEach(() => (inner = manualClock(start)));

  test('is the clock that it is made of', () => {
    const clock = stoppableClock(inner);
    const action = jest.fn();
    clock.after(10, action);
    inner.advance(10);
    expect([clock.now(), action.mock.calls.length]).toEqual([start + 10, 1]);
  });

  test('calls nothing off that was not called off', () => {
    const clock = stoppableClock(inner);
    const [one, other] = [jest.fn(), jest.fn()];
    clock.after(10, one)();
    clock.after(10, other);
    inner.advance(10);
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([0, 1]);
  });

  test('does nothing any more once it is stopped', () => {
    const clock = stoppableClock(inner);
    const action = jest.fn();
    clock.after(10, action);
    clock.stop();
    clock.after(10, action)();
    inner.advance(100);
    expect(action).not.toHaveBeenCalled();
  });

  test('may be stopped by what it does', () => {
    const clock = stoppableClock(inner);
    const action = jest.fn();
    clock.after(10, () => clock.stop());
    clock.after(20, action);
    inner.advance(100);
    expect(action).not.toHaveBeenCalled();
  });
});

describe('the real clock', () => {
  beforeEach(() => jest.useFakeTimers({ now: start }));
  afterEach(() => jest.useRealTimers());

  test('says the time', () => {
    expect(realClock().now()).toBe(start);
  });

  test('waits, and can be called off', () => {
    const [action, other] = [jest.fn(), jest.fn()];
    realClock().after(10, action);
    realClock().after(10, other)();
    jest.advanceTimersByTime(9);
    expect(action).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect([action.mock.calls.length, other.mock.calls.length]).toEqual([1, 0]);
  });

  test('may run faster', () => {
    const action = jest.fn();
    realClock(10).after(1000, action);
    jest.advanceTimersByTime(100);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test('does not do at once what is to come in months', () => {
    const action = jest.fn();
    const timeout = jest.spyOn(global, 'setTimeout');
    realClock().after(100 * 86_400_000, action);
    expect(timeout.mock.calls[0]?.[1]).toBe(2 ** 31 - 1);
    timeout.mockRestore();
  });
});

test.each([
  [Date.UTC(2026, 0, 2, 3, 4, 5), '2026-01-02T03:04:05Z'],
  [Date.UTC(2026, 0, 2, 3, 4, 5, 999), '2026-01-02T03:04:05Z'],
])('times are written in whole seconds: %d', (time, expected) => {
  expect(timestamp(manualClock(time))).toBe(expected);
});
