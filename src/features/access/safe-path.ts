/** Any origin will do to read a path against; nobody has this name. */
const HERE = 'http://here.invalid';
const OTHERWISE = '/formulas';

/**
 * Where to go after signing in: a page of ours, never another site. The browser's own parser decides, since it drops
 * tabs and line ends and takes a backslash for a slash; what is returned is spelt anew from its answer, so that nobody
 * reads it otherwise.
 */
export function safePath(next: string | null): string {
  if (next === null || !next.startsWith('/') || !URL.canParse(next, HERE)) return OTHERWISE;
  const url = new URL(next, HERE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // `/.//evil.example` has our origin, and the path `//evil.example`.
  return url.origin === HERE && !path.startsWith('//') ? path : OTHERWISE;
}
