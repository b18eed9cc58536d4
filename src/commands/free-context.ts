import { parseArguments } from '../inputs/argv';
import type { FlagTable } from '../inputs/flags';
import { baseDirectory, readProps, type Inputs } from '../inputs/inputs';
import { readPlace } from '../inputs/target';
import { textAt } from '../record';
import type { FreeCommand, FreeContext } from './command';
import { commonFlags, type WithCommonFlags } from './common-flags';
import { connectTo, surroundings, writtenIdentity, type ContextOptions } from './surroundings';

/** Makes the context of a command without a function of its own: of the props, only where they say that functions are counts. */
export function createFreeContext<T extends FlagTable>(
  command: FreeCommand<T>,
  inputs: Inputs,
  { logger, tolerant, interruption }: ContextOptions,
): FreeContext<T> {
  const options = { flags: { ...command.flags, ...commonFlags }, tolerant };
  const { flags: values, positionals, rest } = parseArguments(inputs.args, options);
  const flags: WithCommonFlags<T> = values;
  const props = readProps(inputs);
  const written = {
    namespace: textAt(props, ['namespace']),
    context: textAt(props, ['context']),
    kubeconfig: textAt(props, ['kubeconfig']),
  };
  const where = readPlace(written, flags, inputs, baseDirectory(inputs));
  return {
    ...surroundings(inputs, { flags, logger, interruption }),
    args: [...positionals, ...rest],
    component: inputs.resource?.component,
    name: writtenIdentity(props, inputs.yaml && inputs.resource?.name).name,
    where,
    asked: readPlace({}, flags, inputs, baseDirectory(inputs)),
    connect: () => connectTo(where, logger),
  };
}
