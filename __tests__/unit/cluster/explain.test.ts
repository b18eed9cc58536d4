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
const locate = (field: string): string => `f.props(${field})`;

describe('an invalid function', () => {
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
    ['without any cause', answer(422, { reason: 'Invalid', message: 'it is wrong' }), ['it is wrong']],
  ])('%s is placed where the user wrote it', (_title, response, lines) => {
    expect(isInvalid(response)).toBe(true);
    const { message } = explainInvalid(response, subject, locate);
    for (const line of lines) expect(message).toContain(`\n  ${line}`);
    expect(message).not.toContain('<nil>');
  });

  test.each([
    ['a denial that names no field', answer(403, { message: 'admission webhook "x" denied the request: no' })],
    ['a bad request of another kind', answer(400, { message: 'PatchOptions.meta.k8s.io is invalid' })],
    ['forbidden', answer(403, { message: 'User "u" cannot patch resource "functions"' })],
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
