import { explainConflict, isFieldConflict } from '../../../src/cluster/explain-conflict';
import { explainInvalid, isInvalid } from '../../../src/cluster/explain-invalid';
import type { ApiResponse, Subject } from '../../../src/cluster/types';

const subject: Subject = {
  verb: 'patch',
  group: 'core.openfunction.io',
  resource: 'functions',
  namespace: 'n',
  name: 'f',
};
const answer = (status: number, body: object): ApiResponse => ({
  status,
  body: { kind: 'Status', ...body },
  serverTime: undefined,
  duration: 0,
  repeated: false,
});
const locate = (field: string): Promise<string> => Promise.resolve(`f.props(${field})`);

describe('an invalid function', () => {
  const manifest = {
    metadata: { annotations: { 'dapr.io/log-level': 5 } },
    spec: {
      port: 'x',
      serving: {
        timeout: '10x',
        template: {
          containers: [
            {
              env: [{ name: 'A' }, { name: 'DB_PASSWORD', value: 4711 }],
              ports: [{ containerPort: 80 }, { containerPort: 8080, nmae: 'http' }],
            },
          ],
        },
      },
    },
  };

  test.each([
    [
      'by its schema',
      answer(422, {
        reason: 'Invalid',
        details: {
          causes: [
            { field: 'spec.port', message: 'spec.port: Invalid value: "x": must be integer' },
            { field: '<nil>', message: 'more' },
          ],
        },
      }),
      ['f.props(spec.port): Invalid value: "x": must be integer'],
    ],
    [
      'by strict decoding, as of Kubernetes 1.25',
      answer(400, {
        reason: 'BadRequest',
        message: 'strict decoding error: unknown field "spec.foo", unknown field "spec.serving.bar"',
      }),
      ['f.props(spec.foo): is not a field that this cluster knows.', 'f.props(spec.serving.bar): is not a field'],
    ],
    [
      'by a webhook of OpenFunction',
      answer(403, {
        message:
          'admission webhook "vfunctions.of.io" denied the request: spec.image: Required value: must be specified',
      }),
      ['f.props(spec.image): Required value: must be specified'],
    ],
    [
      'by the schema of a server-side apply',
      answer(500, {
        message:
          'failed to create typed patch object (n/f; core.openfunction.io/v1beta1, Kind=Function): .spec.serving.states: field not declared in schema',
      }),
      ['f.props(spec.serving.states): is not a field that this cluster knows; OpenFunction has it since 1.1.'],
    ],
    [
      'by the schema of a server-side apply, in several places',
      answer(500, {
        message: [
          'failed to create typed patch object (n/f; core.openfunction.io/v1beta1, Kind=Function): errors:',
          '  .spec.serving.triggers[0].fallback: field not declared in schema',
          '  .spec.serving.template.containers[0].env[1].value: expected string, got &value.valueUnstructured{Value:4711}',
          '  .spec.serving.template.containers[0].ports[containerPort=8080,protocol="TCP"].nmae: field not declared in schema',
          '  .metadata.annotations.dapr.io/log-level: expected string, got &value.valueUnstructured{Value:5}',
          '  .spec.port: expected numeric (int or float), got string',
          '  .spec.build: expected map, got &{[1 2]}',
        ].join('\n'),
      }),
      [
        'f.props(spec.serving.triggers[0].fallback): is not a field that this cluster knows; OpenFunction had it until 1.1.',
        'f.props(spec.serving.template.containers[0].env[1].value): expected string, got "<redacted>"',
        'f.props(spec.serving.template.containers[0].ports[1].nmae): is not a field that this cluster knows.',
        'f.props(metadata.annotations["dapr.io/log-level"]): expected string, got 5',
        'f.props(spec.port): expected numeric (int or float), got "x"',
        'f.props(spec.build): expected map\n',
      ],
    ],
    [
      'by a webhook that cannot read a duration',
      answer(400, {
        message: 'admission webhook "mfunctions.of.io" denied the request: time: unknown unit "x" in duration "10x"',
      }),
      ['f.props(spec.serving.timeout): unknown unit "x" in duration "10x"; write it like 90s, 10m or 1h30m'],
    ],
    [
      'by a conversion that cannot read a duration of another manager',
      answer(500, {
        message:
          'conversion webhook for core.openfunction.io/v1beta1, Kind=Function failed: time: invalid duration "theirs"',
      }),
      ['invalid duration "theirs"; write it like 90s, 10m or 1h30m'],
    ],
    ['without any cause', answer(422, { reason: 'Invalid', message: 'it is wrong' }), ['it is wrong']],
  ])('%s is placed where the user wrote it', async (_title, response, lines) => {
    expect(isInvalid(response)).toBe(true);
    const { message } = await explainInvalid(response, subject, manifest, locate);
    for (const line of lines) expect(message).toContain(`\n  ${line}`);
    expect(message).not.toContain('<nil>');
  });

  test('a field that the cluster does not know may be of another release', async () => {
    const message =
      'failed to create typed patch object (n/f; core.openfunction.io/v1beta1, Kind=Function): .spec.route: field not declared in schema';
    expect((await explainInvalid(answer(500, { message }), subject, manifest, locate)).message).toMatchInlineSnapshot(`
     "The cluster refused the function "f" in namespace "n" as invalid:
       f.props(spec.route): is not a field that this cluster knows; OpenFunction has it since 0.7.
     Why: The OpenFunction of this cluster is older or newer than the YAML, or the name is wrong.
     What to do: Remove or correct these fields, or deploy to a cluster whose OpenFunction knows them; the function was not changed."
    `);
  });

  test.each([
    ['a denial that names no field', answer(403, { message: 'admission webhook "x" denied the request: no' })],
    ['a bad request of another kind', answer(400, { message: 'PatchOptions.meta.k8s.io is invalid' })],
    ['forbidden', answer(403, { message: 'User "u" cannot patch resource "functions"' })],
    [
      'what is in the cluster already and does not fit its schema',
      answer(500, {
        message:
          'failed to create typed live object (n/f; core.openfunction.io/v1beta1, Kind=Function): errors:\n  .spec.a: field not declared in schema',
      }),
    ],
  ])('%s is not meant', (_title, response) => {
    expect(isInvalid(response)).toBe(false);
  });
});

describe('a conflict', () => {
  const cause = (field: string): object => ({
    reason: 'FieldManagerConflict',
    field,
    message: 'conflict with "kubectl-edit" using core.openfunction.io/v1beta1',
  });

  test('names fields, owner and both values, without secrets', () => {
    const label = 'app.kubernetes.io/name';
    const object = (value: string): object => ({
      metadata: { labels: { [label]: value } },
      spec: { image: value, serving: { params: { API_TOKEN: value } } },
    });
    const response = answer(409, {
      details: {
        causes: [cause('.spec.image'), cause(`.metadata.labels.${label}`), cause('.spec.serving.params.API_TOKEN')],
      },
    });
    expect(isFieldConflict(response)).toBe(true);
    expect(explainConflict(response, subject, object('theirs'), object('ours')).message).toMatchInlineSnapshot(`
     "Other tools own fields of the function "f" in namespace "n":
       FIELD                                      MANAGER       NOW           THIS DEPLOY
       spec.image                                 kubectl-edit  "theirs"      "ours"
       metadata.labels["app.kubernetes.io/name"]  kubectl-edit  "theirs"      "ours"
       spec.serving.params.API_TOKEN              kubectl-edit  "<redacted>"  "<redacted>"
     Why: A deploy does not take fields away from whoever set them last.
     What to do: Remove these fields from the props to leave them as they are, or take them over with --force-conflicts."
    `);
  });

  test('an unreadable object leaves the value open', () => {
    const response = answer(409, { details: { causes: [cause('.spec.image')] } });
    expect(explainConflict(response, subject, undefined, { spec: { image: 'ours' } }).message).toMatch(
      /spec\.image +kubectl-edit +unknown +"ours"/,
    );
  });

  test('an optimistic lock is none', () => {
    expect(isFieldConflict(answer(409, { message: 'the object has been modified' }))).toBe(false);
  });
});
