import type { LogLine } from './line';

/** A container whose log is read. */
export interface Origin {
  pod: string;
  container: string;
}

/** Where lines go, and what is told beside them. */
export interface LogOutput {
  /** A log begins to be read. */
  begin: (origin: Origin) => void;
  /** Takes lines of a container in their order; resolves when it can take more. */
  write: (origin: Origin, lines: LogLine[]) => Promise<void>;
  /** Nothing more comes of it. Resolves when all of it is printed. */
  end: (origin: Origin) => Promise<void>;
  /** Tells something about a container, or about all of them. */
  note: (text: string, origin?: Origin) => void;
}
