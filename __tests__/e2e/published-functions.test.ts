import { lostInConversion } from '../../src/function/v1beta2/needs';
import { publishedFunctions, toProps } from '../support/conformance';
import { makeSecrets } from '../support/functions';
import type { Run } from '../support/s';
import { newSandboxProject } from '../support/sandbox';

// Dozens of functions, one after the other.
jest.setTimeout(240_000);

/** One of each name: the others differ little, and each takes its time. */
const published = [...new Map(publishedFunctions().map((item) => [item.manifest.metadata.name, item])).values()];

(published.length > 0 ? test : test.skip)(
  'published Functions, deployed twice on OpenFunction 1.2: unchanged; planned: they would stay',
  async () => {
    const resources = Object.fromEntries(
      published.map((item, index) => [`f${index}`, { ...toProps(item), namespace: `published-${index}` }]),
    );
    const project = await newSandboxProject(resources, { controllers: false, rights: 'everywhere' });
    await Promise.all(published.map((_, index) => makeSecrets(project.admin, `published-${index}`)));
    const count = (run: Run, pattern: RegExp): number => run.output.match(pattern)?.length ?? 0;
    expect(count(await project.s('deploy', '--no-wait'), /Function ".*" created/g)).toBe(published.length);
    project.requests();
    const second = await project.s('deploy', '--no-wait');
    expect(second.exitCode).toBe(0);
    expect(count(second, /Function ".*" unchanged/g)).toBe(published.length);
    // What has to be applied as v1beta2 is read before.
    const read = published.filter(({ manifest }) => lostInConversion(manifest).length > 0);
    expect(project.requests()).toHaveLength(published.length + read.length);
    expect(count(await project.s('plan'), /Function ".*" would stay as it is/g)).toBe(published.length);
  },
);
