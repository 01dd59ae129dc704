import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from './address-key.ts';

describe('the key of an address', () => {
  it('is the same for all that one IPv6 client can take, and another for its neighbour', () => {
    const part = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 4, maxLength: 4 }),
        fc.array(part, { minLength: 4, maxLength: 4 }),
        (net, host) => {
          const key = addressKey([...net, ...host].join(':'));
          expect(key).toBe(addressKey([...net, '1', '2', '3', '4'].join(':')));
          expect(key).toBe(`${net.join(':')}::/64`);
        },
      ),
    );
    expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
  });

  it('is an IPv4 address itself, however it comes', () => {
    expect(addressKey('192.0.2.7')).toBe('192.0.2.7');
    expect(addressKey('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('is that of each person behind a gateway from IPv6 to IPv4', () => {
    expect(addressKey('64:ff9b::203.0.113.5')).toBe('203.0.113.5');
    expect(addressKey('64:ff9b::c633:6407')).toBe('198.51.100.7');
    expect(addressKey('64:ff9b:1::1')).toBe('64:ff9b:1:0::/64');
  });
});
