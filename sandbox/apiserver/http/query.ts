import { badRequest } from '../errors';

/** A whole number from the query, or undefined when it is not given. @throws ApiError 400. */
export function readInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (/^-?\d+$/.test(text)) return Number(text);
  if (name === 'resourceVersion') {
    throw badRequest(`${name}: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  }
  throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}
