import { describe, expect, it } from 'vitest';
import { isOriginAllowed } from './check-origin.ts';

const from = (origin: string | null, fetchSite: string | null = null) => ({
  origin,
  host: 'app.example:3000',
  fetchSite,
});

describe('isOriginAllowed', () => {
  it('takes our own pages', () => {
    expect(isOriginAllowed(from('http://app.example:3000', 'same-origin'), undefined)).toBe(true);
    expect(isOriginAllowed(from('https://app.example'), 'https://app.example')).toBe(true);
  });

  it('refuses other sites, sandboxed frames and near misses', () => {
    expect(isOriginAllowed(from('https://evil.example', 'cross-site'), undefined)).toBe(false);
    expect(isOriginAllowed(from('null'), undefined)).toBe(false);
    expect(isOriginAllowed(from('http://app.example:3001'), undefined)).toBe(false);
    expect(isOriginAllowed(from('http://app.example:3000'), 'https://app.example')).toBe(false);
    expect(isOriginAllowed(from(null, 'cross-site'), undefined)).toBe(false);
    expect(isOriginAllowed(from(null, 'same-site'), undefined)).toBe(false);
  });

  it('takes clients that are no browsers', () => {
    expect(isOriginAllowed(from(null), undefined)).toBe(true);
  });
});
