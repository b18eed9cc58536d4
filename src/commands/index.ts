import { build } from './build';
import { deploy } from './deploy';
import { importFunctions } from './import';
import { info } from './info';
import { logs } from './logs';
import type { CommandName } from './names';
import { plan } from './plan';
import { remove } from './remove';
import { render } from './render';

/** All commands by the name under which the CLI runs them. */
export const commands = { deploy, build, logs, plan, render, info, remove, import: importFunctions } satisfies Record<
  CommandName,
  unknown
>;
