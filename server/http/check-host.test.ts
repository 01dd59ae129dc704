import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForUs, isHostAllowed } from './check-host.ts';

const local = { host: '127.0.0.1' };
const app = { host: '0.0.0.0', origin: 'https://app.example' };

describe('isHostAllowed', () => {
  it('takes the names of this machine while there is no other origin', () => {
    for (const host of [
      'localhost:3000',
      'LOCALHOST',
      'demo.localhost:3000',
      '127.0.0.1:3000',
      '127.9.8.7',
      '[::1]:3000',
      'localhost.:3000',
    ])
      expect(isHostAllowed(host, local), host).toBe(true);
  });

  it('refuses names that another site points to this machine', () => {
    for (const host of [
      'evil.example:3000',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil.example@localhost',
      'localhost/evil',
      '',
      'local host',
      'localhost?a',
      '10.0.0.7',
    ])
      expect(isHostAllowed(host, local), host).toBe(false);
    expect(isHostAllowed(undefined, local)).toBe(false);
    fc.assert(fc.property(fc.domain(), (name) => !isHostAllowed(name, local)));
  });

  it('takes ORIGIN’s name alone, with its port', () => {
    expect(isHostAllowed('app.example', app)).toBe(true);
    expect(isHostAllowed('APP.example', app)).toBe(true);
    for (const host of ['evil.example', 'localhost:3000', '127.0.0.1', 'app.example:81', 'x.app.example'])
      expect(isHostAllowed(host, app), host).toBe(false);
    expect(isHostAllowed('app.example:8443', { host: '0.0.0.0', origin: 'https://app.example:8443' })).toBe(true);
  });

  it('takes an address, not a name, of a server that listens for others without an origin', () => {
    expect(isHostAllowed('192.168.1.4:3000', { host: '0.0.0.0' })).toBe(true);
    expect(isHostAllowed('evil.example:3000', { host: '0.0.0.0' })).toBe(false);
  });
});

describe('isForUs', () => {
  it('takes paths alone: the first line of a request may name another site too', () => {
    const headers = { host: 'localhost:3000' };
    expect(isForUs({ url: '/sign-in', headers }, local)).toBe(true);
    expect(isForUs({ url: '/healthz', headers: {} }, local)).toBe(true);
    for (const url of [
      'http://evil.example/',
      'http://localhost:3000/',
      'evil.example:443',
      '*',
      '',
      'javascript:alert(1)',
    ])
      expect(isForUs({ url, headers }, local), url).toBe(false);
    expect(isForUs({ headers }, local)).toBe(false);
  });
});
