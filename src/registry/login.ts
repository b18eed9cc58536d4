/** What lets a user into a registry. */
export type Login =
  | { kind: 'password'; username: string; password: string }
  /** A token of the registry's own login page, to be exchanged for others. */
  | { kind: 'token'; identityToken: string };

export interface FoundLogin {
  login: Login;
  /** Where it was found, in words. */
  from: string;
  /** Whether it was made by a helper of a cloud, whose logins hold for hours. */
  isShortLived: boolean;
}
