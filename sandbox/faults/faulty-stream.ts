import type { ServerResponse } from 'node:http';
import type { StreamFault } from './fault';

/** A way to send lines to a client, which ends with the connection. */
export interface LineStream {
  send(line: string): void;
  end(): void;
  isOpen(): boolean;
}

/** Sends lines; with a fault, only as far as that lets them through. */
export function lineStream(response: ServerResponse, fault: StreamFault | undefined, gone: () => string): LineStream {
  let sent = 0;
  let silent = false;
  const write = (text: string): void => {
    if (fault?.byteByByte !== true) return void response.write(text);
    for (const byte of Buffer.from(text)) response.write(Buffer.of(byte));
  };
  const breakOff = (line: string): void => {
    switch (fault?.end) {
      case 'close':
        return void response.end();
      case 'reset':
        return void response.socket?.destroy();
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
    isOpen: () => isWritable(response),
  };
}

function isWritable(response: ServerResponse): boolean {
  return !response.writableEnded && !response.destroyed;
}
