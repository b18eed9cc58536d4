import path from 'node:path';
import type { PodFate } from '../../sandbox/scenarios/scenario';

const component = path.resolve(__dirname, '../..');

/**
 * The s.yaml at the beginning of the story: a function between two MQTT topics, with a slip in the name of a component.
 * Its names are as long as they are so that the terminal breaks no line within a word.
 */
export const sYaml = `edition: 3.0.0
name: mqtt
resources:
  bridge:
    component: ${component}
    props:
      serving:
        inputs:
          - component: mqt-in
            name: input
        outputs:
          - component: mqtt-out
            name: output
            operation: create
        bindings:
          mqtt-in:
            type: bindings.mqtt
            version: v1
            metadata: [{ name: topic, value: in }]
          mqtt-out:
            type: bindings.mqtt
            version: v1
            metadata: [{ name: topic, value: out }]
        runtime: async
        template: { containers: [{ name: function }] }
      version: v1.0.0
      image: registry.example.com/me/bridge:v1
`;

export const columns = 101;

/** The cluster, as the kubeconfig names it. */
export const context = 'dev';

/** A command that somebody types, and what comes of it. */
export interface Step {
  command: string;
  /** How it is meant to end. Default 0. */
  exitCode?: number;
  /** How pods fare that start from now on. */
  pods?: PodFate;
}

export const story: readonly Step[] = [
  { command: 's deploy', exitCode: 101 },
  { command: 'sed -i s/mqt-in/mqtt-in/ s.yaml' },
  { command: 's deploy' },
  { command: 'sed -i s/bridge:v1/bridge:v2/ s.yaml' },
  { command: 's deploy', exitCode: 101, pods: 'crash' },
];

export const title = 's deploy in a terminal';

export const description =
  's deploy finds a mistake in the s.yaml, with its line and the right name. Corrected, it deploys the function and waits until it runs. The next image does not run: s deploy says why, with the last lines of the log, and what to do.';
