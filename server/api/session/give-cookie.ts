import { blankSessionCookie, sessionCookie } from '#server/auth/authenticate.ts';
import { isSecure } from '#server/auth/cookie.ts';
import { AppError } from '#server/errors.ts';
import type { Context } from '../context.ts';

export function giveCookie(context: Context, token: string): void {
  if (!context.setCookie) throw new AppError('INVALID', 'Sign in over HTTP: a websocket can not set a cookie.');
  context.setCookie(sessionCookie(token, isSecure(context.config)));
}

export function takeCookie(context: Context): void {
  context.setCookie?.(blankSessionCookie(isSecure(context.config)));
}
