import { errorAt, warningAt, type Problem } from '../problem';
import { isNodeBuilder } from './language';
import { installedStrategy, strategyOf } from './strategies';
import { entriesOf, type Rule } from './rule';

/**
 * The Buildpacks strategy hands the environment through a shell, which splits values and runs what looks like a command.
 * Source: OpenFunction v1.2.0 config/strategy/build-strategy.yaml:30-40.
 */
export const environmentInShell: Rule = (props) => {
  if (installedStrategy(props)?.readsEnvironment !== true) return [];
  return entriesOf(props.build?.env).flatMap(([name, given]) => {
    const path = ['build', 'env', name];
    const value = String(given);
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      return [
        errorAt(
          path,
          'cannot be the name of an environment variable of a build. Use letters, digits and "_", and no digit at the beginning.',
        ),
      ];
    }
    if (value === '') return [warningAt(path, 'is empty, and an empty variable never reaches the build. Remove it.')];
    if (/^[\w./:@,+%-]*$/.test(value)) return [];
    return [errorAt(path, `does not reach the build as it is: ${whatHappens(value)}. ${elsewhere}`)];
  });
};

function whatHappens(value: string): string {
  if (/[`$;&|<>()]/.test(value)) return 'a shell would run a part of it';
  if (/\s/.test(value)) return 'it would be split at the space';
  if (value.includes('#')) return 'it would be split at "#"';
  if (value.includes('=')) return 'what follows "=" would be lost';
  return 'it has characters that may not get through a shell';
}

const elsewhere =
  'Use letters, digits and _ . / : @ , + % - only; what is needed when the function runs belongs in serving.params.';

/** Strategies for Dockerfiles do not declare the environment, and the build fails. Source: the same file; shipwright v0.11 pkg/validate/params.go. */
export const environmentOfDockerfile: Rule = (props) => {
  const { build } = props;
  if (build?.env === undefined || Object.keys(build.env).length === 0) return [];
  const strategy = installedStrategy(props);
  if (strategy?.readsEnvironment === false) {
    return [
      errorAt(
        ['build', 'env'],
        `is not taken by the strategy "${strategyOf(props).name}", and the build would fail. ${build.dockerfile ? 'Write it in the Dockerfile (ENV or ARG).' : 'Remove it.'}`,
      ),
    ];
  }
  return [];
};

/**
 * The Node buildpack of OpenFunction works only with FUNC_NAME, and refuses FUNC_SRC.
 * Source: OpenFunction builder, cmd/nodejs/functions_framework/main.go.
 */
export const environmentOfNode: Rule = (props) => [
  ...(installedStrategy(props)?.tool === undefined ? judge('build', props.build?.builder, props.build?.env) : []),
  ...judge('pack', props.pack?.builder, props.pack?.env),
];

function judge(
  section: string,
  builder: string | undefined,
  env: Readonly<Record<string, unknown>> | undefined,
): Problem[] {
  if (!isNodeBuilder(builder)) return [];
  return [
    ...(!env?.['FUNC_NAME']
      ? [
          warningAt(
            [section, 'env', 'FUNC_NAME'],
            'The Node builder makes no function without it: the name under which the code exports the function.',
            { [section]: { env: { FUNC_NAME: 'myFunction' } } },
          ),
        ]
      : []),
    ...(env?.['FUNC_SRC'] === undefined
      ? []
      : [
          errorAt(
            [section, 'env', 'FUNC_SRC'],
            'is refused by the Node builder. Name the file as "main" in package.json instead.',
          ),
        ]),
  ];
}
