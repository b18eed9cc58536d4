import { clusterScenarios } from './cluster';
import { connectionScenarios } from './connection';
import type { Scenario } from './scenario';

/** The scenarios that can be chosen by name. */
export const scenarios = {
  normal: { description: 'everything works' },
  ...connectionScenarios,
  ...clusterScenarios,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
