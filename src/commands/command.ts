import type { Products } from '../function/products';
import type { FunctionManifest, Manifest } from '../function/types';
import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import type { FlagTable } from '../inputs/flags';
import type { Logger } from '../inputs/logger';
import type { Place } from '../inputs/target';
import type { KnownProps } from '../props/draft';
import type { Props } from '../props/generated/types';
import type { Origin } from '../props/origin';
import type { Problem } from '../props/problem';
import type { RuleTarget } from '../props/rules/rule';
import type { WithCommonFlags } from './common-flags';
import type { Interruption } from './cut-short';

/** What is told of a command, from which parser and help page are made. */
interface Declaration<T extends FlagTable> {
  /** One line, for the list of commands. */
  summary: string;
  /** What it does, for its own help page. */
  description: string;
  /** Flags besides those that all commands have. */
  flags: T;
}

/** A command for the function of a resource: its help, its flags and its code. */
export interface Command<T extends FlagTable = FlagTable> extends Declaration<T> {
  /** Whether it only looks the function up, so that its image need not be known. */
  needsOnlyTarget?: true;
  /** @returns what the CLI prints and passes on to other resources: a plain JSON object, or nothing. */
  run(context: Context<T>): Promise<object | undefined>;
}

/** A command that is told by its arguments what it is for, and works without an s.yaml, too. */
export interface FreeCommand<T extends FlagTable = FlagTable> extends Declaration<T> {
  takesArguments: true;
  /** @returns what the CLI prints, or nothing. */
  run(context: FreeContext<T>): Promise<object | undefined>;
}

export function isFree(command: Command | FreeCommand): command is FreeCommand {
  return 'takesArguments' in command;
}

/** What every command works with; made from what the CLI hands over. */
export interface Surroundings<T extends FlagTable = FlagTable> {
  flags: WithCommonFlags<T>;
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
}

/** Everything that a command for a function works with. */
export interface Context<T extends FlagTable = FlagTable> extends Surroundings<T> {
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

/** Everything that a command without a function of its own works with. */
export interface FreeContext<T extends FlagTable = FlagTable> extends Surroundings<T> {
  /** What it was told besides flags. */
  args: readonly string[];
  /** The component as the s.yaml or the command line names it. */
  component: string | undefined;
  /** The name of the function of the resource, where there is one. */
  name: string | undefined;
  /** Where flags and props say that functions are. */
  where: Place;
  /** The same by flags alone. */
  asked: Place;
  /** A namespace of the cluster. Nothing is sent yet. */
  connect: () => Promise<ConnectedNamespace>;
}

export interface ConnectedNamespace {
  api: Api;
  namespace: string;
  /** Where that is, for messages: `in namespace "default" (context "staging")`. */
  place: string;
}

export interface Connected extends Omit<ConnectedNamespace, 'namespace'> {
  key: ObjectKey;
}

/** Keeps the types of the flags while a command is declared. */
export function defineCommand<const T extends FlagTable>(command: Command<T>): Command<T> {
  return command;
}

/** The same for a command that is told by its arguments what it is for. */
export function defineFreeCommand<const T extends FlagTable>(command: FreeCommand<T>): FreeCommand<T> {
  return command;
}
