import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { routeOf, ROUTES } from '#server/http/routes.ts';
import { LIMIT_NAMES, LIMITS } from '#server/policies/limits.ts';
import { appRouter } from './router.ts';

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { _def } = procedure as unknown as { _def: { type: string; meta?: { access?: unknown; limit?: unknown } } };
  return {
    path,
    type: _def.type,
    access: _def.meta?.access,
    limit: LIMIT_NAMES.find((name) => name === _def.meta?.limit),
  };
});

describe('limits', () => {
  it('are declared by every procedure', () => {
    expect(procedures.filter(({ limit }) => limit === undefined)).toEqual([]);
  });

  it('of a procedure count whom it can know, and how much runs at once', () => {
    const lax = procedures.filter(({ type, access, limit }) => {
      const { windows, atOnce } = limit ? LIMITS[limit] : { windows: {}, atOnce: undefined };
      const counts = access === 'public' ? windows.address : (windows.person ?? windows.address);
      return counts === undefined || (type !== 'subscription' && atOnce === undefined);
    });
    expect(lax).toEqual([]);
  });

  it('are declared for every route', () => {
    const paths = globSync('src/app/**/route.ts').map((file) =>
      file
        .replace('src/app', '')
        .replace(/\/route\.ts$/, '')
        .replaceAll(/\/\[[^\]]+\]/g, '/x'),
    );
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => path.startsWith('/api/') && routeOf(path).path === '/')).toEqual([]);
    // Which the one frame charges, and no handler by itself.
    const handlers = globSync('src/app/**/route.ts').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '#(server\/api\/[^']+)'/g)].map(([, module]) => module ?? ''),
    );
    const unframed = handlers.filter(
      (module) =>
        !/answer(?:Person|Stranger)\(runtime, request|fetchRequestHandler\(/.test(readFileSync(module, 'utf8')),
    );
    expect({ handlers: handlers.length > 3, unframed }).toEqual({ handlers: true, unframed: [] });
    expect(
      ROUTES.filter(
        ({ limit }) => LIMITS[limit].windows.address === undefined && LIMITS[limit].windows.person === undefined,
      ),
    ).toEqual([]);
  });
});
