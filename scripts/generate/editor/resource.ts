import { isV1beta2 } from '../../../src/props/schemas';
import { actions, allowFailure } from './actions';
import { list, text } from './parts';

/** A resource of the s.yaml. A template may give a part of what it needs. */
export function resource(): object {
  return {
    ...common,
    if: { required: ['extend'] },
    then: propsOf('partialProps'),
    else: { required: ['component'], ...propsOf('props') },
  };
}

/** A resource of which another file may give a part. */
export function partialResource(): object {
  return { ...common, ...propsOf('partialProps') };
}

/** A plain name of the registry that is not ofn's. A path or a URL may lead to any component, here most likely to ofn. */
const ofAnotherComponent = {
  required: ['component'],
  properties: {
    component: { type: 'string', pattern: '^(?!([\\w-]+/)?ofn(@|$))[A-Za-z][\\w-]*(/[\\w-]+)?(@[\\w.-]+)?$' },
  },
};

/** The props by a definition, when ofn handles the resource. */
function propsOf(definition: string): object {
  return {
    if: ofAnotherComponent,
    then: { properties: { props: { description: 'What the component needs to know.', type: 'object' } } },
    else: {
      if: { properties: { props: isV1beta2 }, required: ['props'] },
      then: { properties: { props: { $ref: `#/definitions/${definition}V1beta2` } } },
      else: { properties: { props: { $ref: `#/definitions/${definition}` } } },
    },
  };
}

const common = {
  description: 'What a component handles; for ofn, one function.',
  type: 'object',
  properties: {
    component: text('Who handles the resource: ofn, ofn@VERSION, or the path of a copy of it.', 'ofn'),
    access: text(
      'Name of credentials of Serverless Devs. ofn needs none: it takes those of the kubeconfig.',
      'default',
    ),
    extend: {
      description: 'Takes props from a template.',
      type: 'object',
      properties: {
        name: text('Name of the template.', 'base'),
        ignore: {
          description: 'Props of the template to leave out.',
          ...list({ type: 'string' }),
          examples: [['labels']],
        },
      },
      examples: [{ name: 'base' }],
    },
    actions: actions('What else to run before and after commands for this resource.'),
    'continue-on-error': {
      description: 'Whether the other resources go on when this one fails.',
      type: 'boolean',
      examples: [true],
    },
    allow_failure: allowFailure,
  },
};
