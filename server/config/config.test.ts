import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

describe('loadConfig', () => {
  it('needs nothing: port 3000, all roles, the demo', () => {
    const config = loadConfig({});
    expect(config.port).toBe(3000);
    expect([...config.roles]).toEqual(['web', 'realtime', 'worker']);
    expect(config.demo).toBe(true);
    expect(config.databaseUrl).toBeUndefined();
  });

  it('takes a list of roles', () => {
    expect([...loadConfig({ ROLES: 'realtime, worker' }).roles]).toEqual(['realtime', 'worker']);
  });

  it('treats an empty variable as not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(3000);
  });

  it('names every wrong variable at once', () => {
    const load = () => loadConfig({ PORT: '99999', ROLES: 'web,cook', DATABASE_URL: 'mysql://x' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*ROLES/);
  });

  it('trusts no proxy by default, and those of a list', () => {
    expect(loadConfig({}).trustedProxies.check('127.0.0.1')).toBe(false);
    const { trustedProxies } = loadConfig({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' });
    expect([trustedProxies.check('10.9.8.7'), trustedProxies.check('::1', 'ipv6'), trustedProxies.check('11.0.0.1')]).toEqual([true, true, false]);
    expect(() => loadConfig({ TRUSTED_PROXIES: '*' })).toThrow(/TRUSTED_PROXIES.*“\*”/);
  });

  it('wants both Stripe secrets or neither', () => {
    expect(() => loadConfig({ STRIPE_SECRET_KEY: 'sk_test_1' })).toThrow(/both/);
  });
});
