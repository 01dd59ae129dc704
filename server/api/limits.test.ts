import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routeOf, ROUTES } from '#server/http/routes.ts';
import { LIMIT_NAMES, LIMITS } from '#server/policies/limits.ts';
import { appRouter } from './router.ts';

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { _def } = procedure as unknown as {
    _def: { type: string; meta?: { access?: unknown; limit?: unknown }; inputs?: readonly z.ZodType[] };
  };
  return {
    path,
    inputs: _def.inputs ?? [],
    type: _def.type,
    access: _def.meta?.access,
    limit: LIMIT_NAMES.find((name) => name === _def.meta?.limit),
  };
});

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/**
 * What of a JSON Schema may make the work grow with what somebody sends: text that is no id and no choice, lists, and
 * more than a page's rows.
 */
function growing(node: unknown, at = ''): string[] {
  if (!isNode(node)) return [];
  const isFixed = 'const' in node || 'enum' in node;
  const own: string[] = [];
  if (node['type'] === 'string' && !isFixed && node['format'] !== 'uuid') own.push(`${at}: a text`);
  if (node['type'] === 'array') own.push(`${at}: a list`);
  if (isNode(node['additionalProperties'])) own.push(`${at}: a record`);
  return [...own, ...Object.entries(node).flatMap(([key, value]) => growing(value, `${at}/${key}`))];
}

describe('limits', () => {
  it('of the cheapest reads are for what costs the same, whatever is sent', () => {
    const dear = procedures
      .filter(({ type, limit }) => type === 'query' && limit === 'read')
      .flatMap(({ path, inputs }) =>
        inputs.flatMap((input) =>
          growing(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })).map((what) => `${path} ${what}`),
        ),
      );
    expect(dear).toEqual([]);
  });

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
