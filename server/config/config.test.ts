import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

describe('loadConfig', () => {
  it('needs nothing: port 3000, all roles, the demo', () => {
    const config = loadConfig({});
    expect(config.port).toBe(3000);
    expect([...config.roles]).toEqual(['web', 'realtime', 'worker']);
    expect(config.demo).toBe(true);
    expect(config.database).toBeUndefined();
  });

  it('has a demo unasked on this machine alone, and never a published password elsewhere', () => {
    const demoOf = (env: Record<string, string>) => [loadConfig(env).demo, loadConfig(env).onlyHere];
    expect(demoOf({})).toEqual([true, true]);
    expect(demoOf({ ORIGIN: 'https://app.example' })).toEqual([false, false]);
    expect(demoOf({ HOST: '0.0.0.0' })).toEqual([false, false]);
    expect(demoOf({ HOST: '::' })).toEqual([false, false]);
    expect(demoOf({ HOST: '0.0.0.0', ORIGIN: 'http://localhost:3000' })).toEqual([false, false]);
    expect(demoOf({ DATABASE_URL: 'postgres://a@b/c' })).toEqual([false, true]);
    expect(demoOf({ ORIGIN: 'https://app.example', DEMO: 'true' })).toEqual([true, false]);
    expect(demoOf({ DATABASE_URL: 'postgres://a@b/c', DEMO: 'true' })).toEqual([true, true]);
    expect(demoOf({ DEMO: 'false' })).toEqual([false, true]);
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

  it('knows by ORIGIN or TRUSTED_PROXIES that something forwards, and how long connections are kept', () => {
    expect(loadConfig({}).isBehindProxy).toBe(false);
    expect(loadConfig({ ORIGIN: 'https://a.example' }).isBehindProxy).toBe(true);
    expect(loadConfig({ TRUSTED_PROXIES: '10.0.0.1' }).isBehindProxy).toBe(true);
    expect(loadConfig({ KEEP_ALIVE: '300' }).keepAlive).toBe(300);
    expect(() => loadConfig({ KEEP_ALIVE: '0' })).toThrow(/KEEP_ALIVE/);
  });

  it('trusts no proxy by default, and those of a list', () => {
    expect(loadConfig({}).trustedProxies.check('127.0.0.1')).toBe(false);
    const { trustedProxies } = loadConfig({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' });
    expect([
      trustedProxies.check('10.9.8.7'),
      trustedProxies.check('::1', 'ipv6'),
      trustedProxies.check('11.0.0.1'),
    ]).toEqual([true, true, false]);
    expect(() => loadConfig({ TRUSTED_PROXIES: '*' })).toThrow(/TRUSTED_PROXIES.*“\*”/);
  });

  it('takes a database with three roles, or with one for all, but not with two', () => {
    const [app, system, migration] = ['postgres://app@b/c', 'postgres://system@b/c', 'postgres://owner@b/c'];
    expect(
      loadConfig({ DATABASE_URL: app, SYSTEM_DATABASE_URL: system, MIGRATION_DATABASE_URL: migration }).database,
    ).toEqual({ app, system, migration });
    expect(loadConfig({ DATABASE_URL: app }).database).toEqual({ app, system: app, migration: app });
    expect(() => loadConfig({ DATABASE_URL: app, SYSTEM_DATABASE_URL: system })).toThrow(/MIGRATION_DATABASE_URL/);
    expect(() => loadConfig({ MIGRATION_DATABASE_URL: migration })).toThrow(/DATABASE_URL/);
  });

  it('wants both Stripe secrets or neither', () => {
    expect(() => loadConfig({ STRIPE_SECRET_KEY: 'sk_test_1' })).toThrow(/both/);
  });
});
