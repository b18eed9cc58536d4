import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { checkProps } from '../../src/props/check';
import { propsOrigin } from '../../src/props/origin';
import { validateProps } from '../../src/props/validate';

// Prints how long the props of each s.yaml that it is given take in this fresh process, and functions with ever more inputs.

interface Yaml {
  resources: Record<string, { props: object }>;
}

const origin = propsOrigin('bench', undefined);

/** Milliseconds of the whole judgement, as every command makes it. @throws Error when something is wrong with the props. */
async function judge(props: object): Promise<number> {
  const start = performance.now();
  const problems = checkProps(
    { props, problems: await validateProps(props, origin), origin },
    { name: 'bench', namespace: 'default', releases: undefined },
  );
  const milliseconds = performance.now() - start;
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) throw new Error(`${error.path.join('.')}: ${error.message}`);
  return milliseconds;
}

/** A function with so many inputs, each with a component of its own. */
function withInputs(count: number): object {
  const keys = Array.from({ length: count }, (_, index) => `queue-${index}`);
  const metadata = [
    { name: 'brokers', value: 'kafka:9092' },
    { name: 'authRequired', value: 'false' },
  ];
  return {
    image: 'registry.example.com/me/hello:v1',
    serving: {
      runtime: 'async',
      inputs: keys.map((key) => ({ name: key, component: key })),
      bindings: Object.fromEntries(keys.map((key) => [key, { type: 'bindings.kafka', version: 'v1', metadata }])),
      template: { containers: [{ name: 'function' }] },
    },
  };
}

async function main(files: readonly string[]): Promise<void> {
  // The modules are loaded when they are first needed.
  await judge({ image: 'registry.example.com/me/hello:v1', serving: {} });
  const examples = files.map((file) => {
    const [resource] = Object.values((load(readFileSync(file, 'utf8')) as Yaml).resources);
    if (!resource) throw new Error(`${file} has no resource`);
    return { name: path.basename(path.dirname(file)), props: resource.props };
  });
  const largest = examples.sort((a, b) => JSON.stringify(b.props).length - JSON.stringify(a.props).length)[0];
  if (!largest) throw new Error('there is no example');
  // Node compiles each function when it is first called: that is a part of loading it.
  const first = await judge(largest.props);
  const example = { name: largest.name, first, loaded: await judge(largest.props) };
  const inputs: Record<number, number> = {};
  for (const count of [125, 250, 500, 1000]) {
    const samples = [];
    for (let times = 0; times < 5; times += 1) samples.push(await judge(withInputs(count)));
    inputs[count] = Math.min(...samples);
  }
  process.stdout.write(JSON.stringify({ example, inputs }));
}

void main(process.argv.slice(2));
