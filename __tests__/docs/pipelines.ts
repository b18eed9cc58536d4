import { load } from 'js-yaml';

/** What a pipeline runs for one event, as one script. */
export interface Pipeline {
  event: string;
  script: string;
}

interface Workflow {
  jobs: Record<string, { steps: { run?: string; if?: string; env?: Record<string, string> }[] }>;
}

/** The scripts of a GitHub workflow, one for each event that its steps ask for. Secrets are empty. */
export function githubPipelines(content: string): Pipeline[] {
  const { jobs } = load(content) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const events = [...new Set(steps.flatMap((step) => /event_name == '(\w+)'/.exec(step.if ?? '')?.[1] ?? []))];
  return events.map((event) => ({
    event,
    script: steps
      .filter((step) => step.run !== undefined && (step.if === undefined || step.if.includes(`'${event}'`)))
      .map((step) => `${exportsOf(step.env)}${step.run}`)
      .join('\n'),
  }));
}

function exportsOf(env: Record<string, string> = {}): string {
  return Object.keys(env)
    .map((name) => `export ${name}=""\n`)
    .join('');
}

/** The scripts of a pipeline of GitLab, one for each job. */
export function gitlabPipelines(content: string): Pipeline[] {
  const { before_script: before = [], ...jobs } = load(content) as Record<string, unknown> & {
    before_script?: string[];
  };
  return Object.entries(jobs).flatMap(([event, job]) => {
    const { script } = job as { script?: string[] };
    return script === undefined ? [] : [{ event, script: [...before, ...script].join('\n') }];
  });
}

/** The scripts of a pipeline of Jenkins, one for each stage. */
export function jenkinsPipelines(content: string): Pipeline[] {
  return [...content.matchAll(/stage\('(\w+)'\)[^]*?\bsh '([^']*)'/g)].map(([, event = '', script = '']) => ({
    event,
    script,
  }));
}
