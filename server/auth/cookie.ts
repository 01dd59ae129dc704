/** Whether people reach the server over https. */
export const isSecure = (config: { readonly origin?: string }): boolean => config.origin?.startsWith('https://') ?? false;

/** `__Host-` keeps other hosts of the domain from setting it; browsers take it over https only. */
export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-alphaloom_session' : 'alphaloom_session');

/** The token in a `Cookie` header. Tokens are base64url, so nothing needs decoding, and a stranger's broken cookie breaks nothing. */
export function readSessionToken(header: string | undefined, secure: boolean): string | null {
  const start = `${sessionCookieName(secure)}=`;
  const cookie = header?.split(';').map((part) => part.trim()).find((part) => part.startsWith(start));
  const token = cookie?.slice(start.length) ?? '';
  return /^[\w-]{43}$/.test(token) ? token : null;
}
