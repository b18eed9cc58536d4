/**
 * OpenFunction's conversion dereferenced a nil pointer. The server drops the connection, so that the API server
 * reports no reason but `EOF`.
 */
export class ConversionPanic extends Error {
  override name = 'ConversionPanic';

  constructor(field: string) {
    super(`runtime error: invalid memory address or nil pointer dereference: ${field}`);
  }
}

/** OpenFunction's conversion refused an object, for instance for its YAML in an annotation. */
export class ConversionError extends Error {
  override name = 'ConversionError';
}

/** What a pointer points to. @throws ConversionPanic where it is nil. */
export function dereference<T>(pointer: T | null | undefined, field: string): T {
  if (pointer === undefined || pointer === null) throw new ConversionPanic(field);
  return pointer;
}
