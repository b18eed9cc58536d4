import type { Products } from '../function/products';
import type { FunctionManifest, Manifest } from '../function/types';
import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import type { FlagTable, FlagValues } from '../inputs/flags';
import type { Logger } from '../inputs/logger';
import type { KnownProps } from '../props/draft';
import type { Props } from '../props/generated/types';
import type { Origin } from '../props/origin';
import type { Problem } from '../props/problem';
import type { RuleTarget } from '../props/rules/rule';
import type { Interruption } from './cut-short';

/** A command of the component: its help, its flags and its code, from which parser and help page are made. */
export interface Command<T extends FlagTable = FlagTable> {
  /** One line, for the list of commands. */
  summary: string;
  /** What it does, for its own help page. */
  description: string;
  /** Flags besides those that all commands have. */
  flags: T;
  /** Whether it only looks the function up, so that its image need not be known. */
  needsOnlyTarget?: true;
  /** @returns what the CLI prints and passes on to other resources: a plain JSON object, or nothing. */
  run(context: Context<T>): Promise<object | undefined>;
}

/** Everything that a command works with; made from what the CLI hands over. */
export interface Context<T extends FlagTable = FlagTable> {
  flags: FlagValues<T>;
  /** Whether the user asked the CLI for machine-readable output. */
  wantsResult: boolean;
  /** Whether the user said `-y`. */
  assumeYes: boolean;
  /** Whether a terminal is there to ask on. */
  interactive: boolean;
  logger: Logger;
  /** Writes text to the terminal as it is; undefined without one, or when the user wants to see nothing. */
  terminal: ((text: string) => void) | undefined;
  /** Writes a line to standard error: what is told beside the output, and is no part of it. */
  aside: (text: string) => void;
  /** What Ctrl-C is to tell. */
  interruption: Interruption;
  /** The folder of the s.yaml. */
  baseDirectory: string;
  /** The s.yaml, and the resource of it that the command is for; undefined without one. */
  source: { file: string; resource: string } | undefined;
  /** The folder the user is in. */
  cwd: string;
  props: Props;
  /** The props without what the CLI has not resolved. */
  known: KnownProps;
  /** Names places of the props the way the user wrote them. */
  origin: Origin;
  /** All problems of the props; those that depend on the cluster by what is known of it. */
  check: (cluster?: Partial<RuleTarget>) => Promise<Problem[]>;
  /** The Function that the props describe, for a namespace, with what was made for it. */
  manifest: (namespace?: string, products?: Products) => FunctionManifest;
  /** The namespace that props or flags name. */
  namespace: string | undefined;
  /** The Namespace to create, when the props want that. */
  namespaceManifest: (namespace: string) => Manifest | undefined;
  /** The cluster, and the key of the function in it. Nothing is sent yet. */
  connect: () => Promise<Connected>;
}

export interface Connected {
  api: Api;
  key: ObjectKey;
  /** Where the function is, for messages: `in namespace "default" (context "staging")`. */
  place: string;
}

/** Keeps the types of the flags while a command is declared. */
export function defineCommand<const T extends FlagTable>(command: Command<T>): Command<T> {
  return command;
}
