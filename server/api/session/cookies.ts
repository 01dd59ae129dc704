import { blankSessionCookie, sessionCookie } from '#server/auth/authenticate.ts';
import { deviceCookie, isSecure } from '#server/auth/cookie.ts';
import { AppError } from '#server/errors.ts';
import type { Begun } from '#server/use-cases/session/begin-session.ts';
import type { Context } from '../context.ts';

export function setSessionCookies(context: Context, { token, device }: Begun): void {
  const secure = isSecure(context.config);
  needCookies(context)(sessionCookie(token, secure));
  if (device !== null) needCookies(context)(deviceCookie(device, secure));
}

/** Call it first in what ends with a cookie, so that nothing is done in vain. */
export function needCookies(context: Context): (cookie: string) => void {
  if (!context.setCookie) throw new AppError('INVALID', 'Sign in over HTTP: a websocket can not set a cookie.');
  return context.setCookie;
}

export function takeCookie(context: Context): void {
  context.setCookie?.(blankSessionCookie(isSecure(context.config)));
}
