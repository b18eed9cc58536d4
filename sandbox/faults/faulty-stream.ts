import type { ServerResponse } from 'node:http';
import type { StreamFault } from './fault';

/** A way to send lines to a client, which ends with the connection. */
export interface LineStream {
  send(line: string): void;
  end(): void;
}

/** Sends lines; with a fault, only as far as that lets them through. */
export function lineStream(response: ServerResponse, fault: StreamFault | undefined, gone: () => string): LineStream {
  let sent = 0;
  let silent = false;
  let unsent = 0;
  let onceSent: (() => void) | undefined;
  const write = (text: string): void => {
    const parts = fault?.byteByByte === true ? [...Buffer.from(text)].map((byte) => Buffer.of(byte)) : [text];
    for (const part of parts) {
      unsent += 1;
      response.write(part, () => {
        unsent -= 1;
        if (unsent === 0) onceSent?.();
      });
    }
  };
  /** What was written before still arrives. */
  const cut = (): void => {
    silent = true;
    onceSent = () => response.socket?.destroy();
    if (unsent === 0) onceSent();
  };
  const breakOff = (line: string): void => {
    switch (fault?.end) {
      case 'close':
        return void response.end();
      case 'reset':
        cut();
        return;
      case 'silence':
        silent = true;
        return;
      case 'gone':
        return void response.end(gone());
      case 'partial-line':
        return void response.end(line.slice(0, Math.ceil(line.length / 2)));
      case undefined:
        write(line);
    }
  };
  return {
    send(line) {
      if (silent || !isWritable(response)) return;
      sent += 1;
      if (fault?.end !== undefined && sent > (fault.afterLines ?? 0)) {
        breakOff(line);
        return;
      }
      write(line);
    },
    end: () => {
      if (!silent && isWritable(response)) response.end();
    },
  };
}

function isWritable(response: ServerResponse): boolean {
  return !response.writableEnded && !response.destroyed;
}
