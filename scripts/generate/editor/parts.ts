/** Short words for JSON Schemas. */
export function text(description: string, example: string): object {
  return { description, type: 'string', examples: [example] };
}

export function list(items: object): object {
  return { type: 'array', items };
}
