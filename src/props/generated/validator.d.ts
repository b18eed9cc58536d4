import type { ErrorObject } from 'ajv';

/** Compiled from schema.json by `npm run generate`. */
declare const validate: {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
};
export default validate;
