export interface OriginHeaders {
  readonly origin: string | null | undefined;
  readonly host: string | null | undefined;
  readonly fetchSite: string | null | undefined;
}

/**
 * Whether a request that changes something, or an upgrade to a websocket, comes from our own pages. Browsers always
 * send `Origin` with these; a client that sends neither header is no browser, so nobody's cookie can be abused through
 * it. `configured` is the address people use when it differs from the `Host` that reaches us.
 */
export function isOriginAllowed(headers: OriginHeaders, configured: string | undefined): boolean {
  const { origin, host, fetchSite } = headers;
  if (origin) {
    if (configured !== undefined) return origin === configured;
    return URL.canParse(origin) && new URL(origin).host === host;
  }
  return !fetchSite || fetchSite === 'same-origin' || fetchSite === 'none';
}
