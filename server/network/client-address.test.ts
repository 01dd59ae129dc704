import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, clientAddress, ProxyListError, readProxies, fixClientAddress } from './client-address.ts';

const nobody = readProxies([]);
const proxies = readProxies(['10.0.0.0/8', '192.0.2.7', 'fd00::/8']);

function requestOf(peer: string, headers: Record<string, string>): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  Object.assign(request.headers, headers);
  return request;
}

describe('the address of a client', () => {
  it('is the socket’s, whatever a client writes, while no proxy is trusted', () => {
    fc.assert(fc.property(fc.string(), (claim) => addressOf('203.0.113.5', claim, nobody) === '203.0.113.5'));
  });

  it('is the last one that no trusted proxy has; what the client wrote before it is not read', () => {
    expect(addressOf('10.0.0.1', '6.6.6.6, 203.0.113.5', proxies)).toBe('203.0.113.5');
    expect(addressOf('10.0.0.1', '6.6.6.6, 203.0.113.5, 10.2.3.4', proxies)).toBe('203.0.113.5');
    expect(addressOf('192.0.2.8', '6.6.6.6', proxies)).toBe('192.0.2.8');
    expect(addressOf('::ffff:10.0.0.1', '203.0.113.5:4711', proxies)).toBe('203.0.113.5');
    expect(addressOf('fd00::1', '[2001:DB8:0::5]:4711', proxies)).toBe('2001:db8::5');
  });

  it('can’t be moved by a claim in front of what the proxy adds', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.ipV4().filter((ip) => !ip.startsWith('10.') && ip !== '192.0.2.7'),
        (claim, ip) => {
          expect(addressOf('10.0.0.1', `${claim},${ip}`, proxies)).toBe(ip);
        },
      ),
    );
  });

  it('is always an address, or the proxy’s where the proxy says none', () => {
    expect(addressOf('10.0.0.1', '6.6.6.6<script>', proxies)).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1', 'unknown', proxies)).toBe('10.0.0.1');
    expect(addressOf('10.0.0.1', undefined, proxies)).toBe('10.0.0.1');
    expect(addressOf(undefined, '6.6.6.6', proxies)).toBeNull();
  });
});

describe('a settled request', () => {
  it('carries the one address to whoever reads the headers, and no other claim', () => {
    const request = requestOf('203.0.113.5', {
      'x-forwarded-for': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
      'x-real-ip': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    });
    fixClientAddress(request, proxies);
    expect(request.headers).toEqual({ 'x-forwarded-for': '203.0.113.5' });
    expect(clientAddress(request)).toBe('203.0.113.5');
    expect(clientAddress(new Request('http://localhost/', { headers: { 'x-forwarded-for': '203.0.113.5' } }))).toBe(
      '203.0.113.5',
    );
  });

  it('is the socket’s where nobody settled it', () => {
    expect(clientAddress(requestOf('::ffff:203.0.113.5', { 'x-forwarded-for': '6.6.6.6' }))).toBe('203.0.113.5');
  });
});

describe('an IPv4 address that comes over IPv6', () => {
  const trusted = readProxies(['10.0.0.0/8']);
  it.each(['::ffff:cb00:7105', '0:0:0:0:0:ffff:203.0.113.5', '::FFFF:203.0.113.5', '[::ffff:cb00:7105]:443'])(
    'has one spelling, also as %s',
    (text) => expect(addressOf('10.0.0.1', text, trusted)).toBe('203.0.113.5'),
  );
  it('is a trusted proxy’s in any spelling', () => {
    expect(addressOf('10.0.0.1', '203.0.113.5, ::ffff:a00:2', trusted)).toBe('203.0.113.5');
  });
});

describe('readProxies', () => {
  it.each(['everybody', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', '10.0.0.0/-1', ''])(
    'refuses “%s” in words',
    (entry) => {
      expect(() => readProxies([entry])).toThrow(ProxyListError);
    },
  );
});
