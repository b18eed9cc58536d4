import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { plane } from './cluster';

/** An event of a watch. */
export interface WatchEvent {
  type: string;
  object: {
    kind: string;
    metadata: {
      name: string;
      namespace: string;
      resourceVersion: string;
      labels?: Record<string, string>;
      [field: string]: unknown;
    };
    [field: string]: unknown;
  };
}

export interface Watch {
  status: number;
  contentType: string | undefined;
  /** All events so far. */
  events: WatchEvent[];
  /**
   * The next event that was not waited for yet and fits; those before it are passed over.
   * @throws Error when none comes in time, or the stream ends first.
   */
  next(fits?: (event: WatchEvent) => boolean, limit?: number): Promise<WatchEvent>;
  /** Resolves with whether the stream ended as it should, rather than broke. */
  ended(limit?: number): Promise<boolean>;
  close(): void;
}

const open = new Set<Watch>();
afterEach(() => {
  for (const watch of open) watch.close();
});

interface WatchOptions {
  headers?: Record<string, string>;
  token?: string;
}

/** Opens a watch on a connection of its own; it is closed when the test ends, at the latest. */
export function openWatch(
  path: string,
  { headers = {}, token = plane.tokens.admin }: WatchOptions = {},
): Promise<Watch> {
  const url = new URL(path, plane.server);
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(
      url,
      { ...(secure && { ca: plane.ca }), agent: false, headers: { Authorization: `Bearer ${token}`, ...headers } },
      (response) => resolve(follow(response)),
    );
    request.on('error', reject);
    request.end();
  });
}

function follow(response: IncomingMessage): Watch {
  const events: WatchEvent[] = [];
  const listeners = new Set<() => void>();
  const notify = (): void => listeners.forEach((listener) => listener());
  let passed = 0;
  let end: 'clean' | 'broken' | undefined;
  let rest = '';

  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    events.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as WatchEvent));
    notify();
  });
  response.on('end', () => {
    end ??= rest === '' ? 'clean' : 'broken';
    notify();
  });
  for (const name of ['error', 'aborted', 'close'] as const) {
    response.on(name, () => {
      end ??= 'broken';
      notify();
    });
  }

  /** Asks after each change until there is an answer. */
  const until = <T>(ask: () => T | undefined, what: string, limit: number): Promise<T> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        listeners.delete(look);
      };
      const look = (): void => {
        const answer = ask();
        if (answer !== undefined) resolve(answer);
        else if (end !== undefined) reject(new Error(`The watch ended (${end}) without ${what}: ${summary(events)}`));
        else return;
        stop();
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`No ${what} within ${limit} ms: ${summary(events)}`));
      }, limit);
      listeners.add(look);
      look();
    });

  const watch: Watch = {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'],
    events,
    next: (fits = () => true, limit = 5000) =>
      until(
        () => {
          const index = events.findIndex((event, position) => position >= passed && fits(event));
          if (index === -1) return undefined;
          passed = index + 1;
          return events[index];
        },
        'such an event',
        limit,
      ),
    ended: (limit = 10_000) => until(() => end && { clean: end === 'clean' }, 'end', limit).then(({ clean }) => clean),
    close() {
      open.delete(watch);
      response.destroy();
    },
  };
  open.add(watch);
  return watch;
}

/** For instance `ADDED a 17, MODIFIED a 18`. */
function summary(events: readonly WatchEvent[]): string {
  return (
    events.map(({ type, object }) => `${type} ${object.metadata.name} ${object.metadata.resourceVersion}`).join(', ') ||
    'no events'
  );
}
