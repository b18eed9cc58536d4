/** What a registry asks for before it lets somebody in. */
export type Challenge =
  | { kind: 'basic' }
  | {
      kind: 'bearer';
      /** Where tokens are given. */
      realm: string;
      service: string | undefined;
    };

const parameter = /([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi;

/** Reads WWW-Authenticate; undefined when it asks for something unknown. Source: RFC 9110, distribution docs/spec/auth/token.md. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const bearer = /(?:^|,\s*)bearer\s+(.*)$/is.exec(header ?? '')?.[1];
  if (bearer !== undefined) {
    const parameters = [...bearer.matchAll(parameter)];
    // After them there may be another challenge with parameters of the same names.
    const valueOf = (wanted: string): string | undefined => {
      const [, , quoted, bare] = parameters.find(([, name]) => name?.toLowerCase() === wanted) ?? [];
      return quoted?.replace(/\\(.)/g, '$1') ?? bare;
    };
    const realm = valueOf('realm');
    return realm === undefined ? undefined : { kind: 'bearer', realm, service: valueOf('service') };
  }
  return /(?:^|,\s*)basic\b/i.test(header ?? '') ? { kind: 'basic' } : undefined;
}
