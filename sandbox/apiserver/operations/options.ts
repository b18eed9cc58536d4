export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

/** How a client wants its change to be made. */
export interface WriteOptions {
  /** Under which name its fields are recorded. */
  manager: string;
  dryRun?: boolean;
  fieldValidation?: FieldValidation;
  subresource?: string;
}
