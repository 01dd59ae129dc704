import type { IncomingMessage } from 'node:http';
import { readSessionToken } from '#server/auth/cookie.ts';
import { hashToken } from '#server/auth/token.ts';
import type { Stranger } from '#server/limits/rate-limits.ts';
import { clientAddress } from '#server/network/client-address.ts';

/** Who sends a request, by its address and its cookie alone. */
export function strangerAt(request: IncomingMessage, secure: boolean): Stranger {
  const token = readSessionToken(request.headers.cookie, secure);
  return { address: clientAddress(request), session: token && hashToken(token) };
}
