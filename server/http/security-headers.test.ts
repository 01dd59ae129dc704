import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestsOf, readBuiltScripts, setSecurityHeaders, type BuiltScripts } from './security-headers.ts';

let folder: string;
let scripts: BuiltScripts;
const theme = '<script>theme()</script>';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alphaloom-pages-'));
  await mkdir(join(folder, 'settings'));
  await writeFile(join(folder, 'index.html'), `${theme}<script>home()</script><script src="/a.js" async=""></script>`);
  await writeFile(join(folder, 'settings', 'documents.html'), `${theme}<script id="x">settings()</script>`);
  await writeFile(join(folder, '_not-found.html'), `${theme}<script>lost()</script>`);
  scripts = await readBuiltScripts(folder);
});
afterAll(() => rm(folder, { recursive: true }));

function answer(url: string, secure = true, headers: Record<string, string> = {}) {
  const request = new IncomingMessage(new Socket());
  request.url = url;
  Object.assign(request.headers, headers);
  const response = new ServerResponse(request);
  setSecurityHeaders(request, response, { secure, scripts });
  return {
    request,
    policy: String(response.getHeader('content-security-policy')),
    header: (name: string) => response.getHeader(name),
  };
}

const digest = (script: string): string => digestsOf(`<script>${script}</script>`)[0] ?? '';

describe('the headers of every answer', () => {
  it('let the scripts of a built page run by digest, and no other page’s', () => {
    const { policy } = answer('/settings/documents?a=1');
    expect(policy).toContain(digest('theme()'));
    expect(policy).toContain(digest('settings()'));
    expect(policy).not.toContain(digest('home()'));
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(answer('/settings/documents/').policy).toContain(digest('settings()'));
    expect(answer('/').policy).toContain(digest('home()'));
  });

  it('give a fresh nonce to pages rendered for the request, whatever nonce the client asks for', () => {
    const ask = () => answer('/formulas/7', true, { 'content-security-policy': "script-src 'nonce-mine'" });
    const [one, two] = [ask(), ask()];
    const nonceOf = (policy: string) => /'nonce-[^']{22,}'/.exec(policy)?.[0];
    expect(one.request.headers['content-security-policy']).toBe(`script-src ${nonceOf(one.policy) ?? ''}`);
    expect(nonceOf(one.policy)).not.toBe(nonceOf(two.policy));
    expect(one.policy).toContain(digest('theme()'));
    expect(one.policy).toContain(digest('lost()'));
  });

  it('forbid frames, plugins, bases and sniffing on all of them', () => {
    for (const path of [
      '/',
      '/formulas/7',
      '/nowhere',
      '/api/trpc/session.me',
      '/_next/static/a.js',
      '/healthz',
      '/metrics',
    ]) {
      const { policy, header } = answer(path);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).toMatch(/base-uri 'none'/);
      expect(policy).toMatch(/object-src 'none'|default-src 'none'/);
      expect(header('x-content-type-options')).toBe('nosniff');
      expect(header('referrer-policy')).toBe('same-origin');
      expect(header('permissions-policy')).toContain('camera=()');
    }
    expect(answer('/join/token').header('referrer-policy')).toBe('no-referrer');
  });

  it('bind browsers to https only where people come by https', () => {
    expect(answer('/').header('strict-transport-security')).toContain('max-age=31536000');
    expect(answer('/', false).header('strict-transport-security')).toBeUndefined();
  });
});
