import { request as httpRequest } from 'node:http';
import { baseUrl, expect, test } from '../support/test.ts';

/** An answer to a path as it is written here: a browser, and `fetch`, would tidy it up before. */
const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  new Promise<{ status: number; location: string; body: string }>((resolve, reject) => {
    const { port, host } = new URL(baseUrl());
    httpRequest({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (body += piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', body }),
      );
    })
      .on('error', reject)
      .end();
  });

/** Not `example`, which a page may name. */
const EVIL = 'evil.invalid';

const PATHS = [
  `//${EVIL}`,
  `//${EVIL}/..`,
  `/%2f%2f${EVIL}`,
  `/\\${EVIL}`,
  `/\\/${EVIL}`,
  `/%5c${EVIL}`,
  `/%09/${EVIL}`,
  `/.//${EVIL}`,
  `/formulas//${EVIL}/`,
  `//${EVIL}/%2e%2e/`,
  `///${EVIL}/`,
  `http://${EVIL}/`,
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/_next/static/../../../package.json',
  '/_next/static/%2e%2e/%2e%2e/server/pages-manifest.json',
  '/_next/static/..%5c..%5cpackage.json',
  '/.git/config',
  '/.env',
  '/.data/postgres',
  '/.next/BUILD_ID',
  '/server/main.ts',
  '/package.json',
  '/node_modules/next/package.json',
  '/_next/server/app/index.html',
  '/%00',
  '/%zz',
  '/%ff',
  `/_next/image?url=${encodeURIComponent(`http://${EVIL}/a.png`)}&w=640&q=75`,
  `/_next/image?url=${encodeURIComponent(`//${EVIL}/a.png`)}&w=640&q=75`,
  '/_next/image?url=%2Fapi%2Ftrpc%2Fsession.me&w=640&q=75',
  '/_next/image?url=%2Ficon.svg&w=640&q=75',
  '/_next/data/x/formulas.json',
  '/sign-in.rsc',
  `/join/${encodeURIComponent(`//${EVIL}`)}`,
  `/join/%0d%0aset-cookie:a=b`,
  `/sign-in?next=//${EVIL}`,
] as const;

test('no path leads outside, out of the pages, or to a failure of ours', async () => {
  for (const path of PATHS) {
    const { status, location, body } = await ask(path);
    const what = `${path} ${status} ${location}`;
    expect(status, what).toBeLessThan(500);
    if (location !== '') expect(new URL(location, baseUrl()).origin, what).toBe(new URL(baseUrl()).origin);
    // Neither a file of ours nor of the machine.
    expect(body, what).not.toMatch(/"dependencies"|\[core\]|PG_VERSION|"\/_app"/);
  }
});

test('no header changes whose page is answered, nor comes back in it', async () => {
  const plain = await ask('/sign-in');
  for (const headers of [
    { 'x-forwarded-host': EVIL },
    { 'x-forwarded-proto': EVIL },
    { forwarded: `host=${EVIL}` },
    { 'x-original-url': '/metrics' },
    { 'x-rewrite-url': '/metrics' },
    { 'x-matched-path': '/formulas/[id]' },
    { 'x-invoke-path': '/formulas' },
    { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
    { 'x-middleware-rewrite': `http://${EVIL}/` },
    { 'x-nextjs-data': '1' },
    { 'next-resume': '1' },
  ]) {
    const { status, location, body } = await ask('/sign-in', headers);
    const what = JSON.stringify(headers);
    expect([status, location], what).toEqual([plain.status, plain.location]);
    expect(body, what).not.toContain(EVIL);
    expect(body.length, what).toBe(plain.body.length);
  }
});

test('no server action, and nothing echoed', async () => {
  expect(
    (await ask('/sign-in', { 'next-action': 'a'.repeat(40), 'content-type': 'text/plain' }, 'POST')).status,
  ).toBeLessThan(500);
  for (const path of ['/', '/sign-in', '/api/trpc/session.me', '/nowhere']) {
    const { status, body } = await ask(path, { 'x-secret': 'echo-me' }, 'TRACE');
    expect(status, path).toBeGreaterThanOrEqual(400);
    expect(body, path).not.toContain('echo-me');
  }
});
