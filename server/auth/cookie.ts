/** Whether people reach the server over https. */
export const isSecure = (config: { readonly origin?: string }): boolean =>
  config.origin?.startsWith('https://') ?? false;

/** `__Host-` keeps other hosts of the domain from setting it; browsers take it over https only. */
export const sessionCookieName = (secure: boolean): string =>
  secure ? '__Host-alphaloom_session' : 'alphaloom_session';

/** Says on which devices an account was signed in before, so that strangers who guess can't make its owner wait. */
const deviceCookieName = (secure: boolean): string => (secure ? '__Host-alphaloom_device' : 'alphaloom_device');

/** Browsers keep no cookie longer. */
const DEVICE_LASTS_SECONDS = 400 * 24 * 60 * 60;

export const deviceCookie = (token: string, secure: boolean): string =>
  `${deviceCookieName(secure)}=${token}; HttpOnly; Max-Age=${DEVICE_LASTS_SECONDS}; Path=/; SameSite=Lax${secure ? '; Secure' : ''}`;

export const readSessionToken = (header: string | undefined, secure: boolean): string | null =>
  readToken(header, sessionCookieName(secure));
export const readDeviceToken = (header: string | undefined, secure: boolean): string | null =>
  readToken(header, deviceCookieName(secure));

/**
 * The token in a `Cookie` header. Tokens are base64url, so nothing needs decoding, and a stranger's broken cookie
 * breaks nothing.
 */
function readToken(header: string | undefined, name: string): string | null {
  const start = `${name}=`;
  const cookie = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start));
  const token = cookie?.slice(start.length) ?? '';
  return /^[\w-]{43}$/.test(token) ? token : null;
}
