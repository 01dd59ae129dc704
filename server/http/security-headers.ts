import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative } from 'node:path';

/** Digests of the inline scripts of pages that are built ahead, by path. */
export interface BuiltScripts {
  readonly byPath: ReadonlyMap<string, readonly string[]>;
  /** For all other paths: what every page has, and what the page for “not found” has. */
  readonly otherwise: readonly string[];
}

const INLINE = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** The digests of the inline scripts of a page, as a policy names them. */
export const digestsOf = (html: string): readonly string[] => [
  ...new Set(
    [...html.matchAll(INLINE)].map(
      ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    ),
  ),
];

/**
 * Reads the pages of a build. They are shells without anybody's data, the same for all, so their scripts are known by
 * digest: a nonce would make the server render each of them anew for each visit.
 */
export async function readBuiltScripts(folder: string): Promise<BuiltScripts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const pages = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => join(entry.parentPath, entry.name));
  const byPath = new Map<string, readonly string[]>();
  for (const page of pages) {
    const name = relative(folder, page)
      .replaceAll('\\', '/')
      .replace(/\.html$/, '');
    byPath.set(name === 'index' ? '/' : `/${name}`, digestsOf(await readFile(page, 'utf8')));
  }
  const all = [...byPath.values()];
  const common = (all[0] ?? []).filter((digest) => all.every((digests) => digests.includes(digest)));
  return { byPath, otherwise: [...new Set([...common, ...(byPath.get('/_not-found') ?? [])])] };
}

export interface HeaderRules {
  /** Whether people reach us over https. */
  readonly secure: boolean;
  /** Null in development, whose compiler writes inline scripts and evaluates code. */
  readonly scripts: BuiltScripts | null;
}

/** For answers that are no pages: nothing may be loaded or run, were an answer ever taken for a page. */
const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** For scripts, whose answer is the policy of the worker that starts from it. No worker turns text into code. */
const SCRIPT_FILE =
  "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

function pagePolicy(scripts: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    // React Flow, CodeMirror, the charts and the toasts place things by inline style.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
  ].join('; ');
}

function policyFor(path: string, request: IncomingMessage, { scripts }: HeaderRules): string {
  if (path.startsWith('/api/') || path === '/healthz' || path === '/metrics') return NO_PAGE;
  if (path.startsWith('/_next/static/')) return SCRIPT_FILE;
  if (scripts === null) return pagePolicy("'unsafe-inline' 'unsafe-eval'");
  const nonce = `'nonce-${randomBytes(16).toString('base64')}'`;
  // Next takes the nonce of pages that it renders for this request from here, whatever the client sent.
  request.headers['content-security-policy'] = `script-src ${nonce}`;
  return pagePolicy([nonce, ...(scripts.byPath.get(path.replace(/(.)\/$/, '$1')) ?? scripts.otherwise)].join(' '));
}

const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
};
/** A year, as ASVS 3.4.1 wants. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** The headers of answers that are no pages and are written as text, a line each. */
export type BareHeaders = readonly string[];

export const bareHeaders = (secure: boolean): BareHeaders =>
  Object.entries({
    ...ALWAYS,
    'referrer-policy': 'no-referrer',
    'content-security-policy': NO_PAGE,
    ...(secure ? { 'strict-transport-security': HSTS } : {}),
  }).map(([name, value]) => `${name}: ${value}`);

/**
 * Sets what every answer carries: pages, files, the API, errors and redirects. Called before anything else may answer.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, rules: HeaderRules): void {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value);
  // The address of an invitation is its secret.
  response.setHeader('referrer-policy', path.startsWith('/join') ? 'no-referrer' : 'same-origin');
  if (rules.secure) response.setHeader('strict-transport-security', HSTS);
  response.setHeader('content-security-policy', policyFor(path, request, rules));
}
