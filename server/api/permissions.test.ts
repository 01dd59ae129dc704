import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { PERMISSIONS } from '#server/policies/permissions.ts';
import { appRouter } from './router.ts';

/** Declarations of a file by their name, and where each import of other code of the server comes from. */
interface Module {
  readonly declared: ReadonlyMap<string, ts.Node>;
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

const modules = new Map<string, Module>();

function moduleOf(file: string): Module {
  const known = modules.get(file) ?? readModule(file);
  modules.set(file, known);
  return known;
}

function readModule(file: string): Module {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const declared = new Map<string, ts.Node>();
  const imported = new Map<string, { readonly file: string; readonly name: string }>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) declared.set(statement.name.text, statement);
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (ts.isIdentifier(name) && initializer) declared.set(name.text, initializer);
    const from = fileOfImport(file, statement);
    const named = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (from === null || !named || !ts.isNamedImports(named)) continue;
    for (const { name, propertyName } of named.elements)
      imported.set(name.text, { file: from, name: (propertyName ?? name).text });
  }
  return { declared, imported };
}

function fileOfImport(file: string, statement: ts.Statement): string | null {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return null;
  const specifier = statement.moduleSpecifier.text;
  const path = specifier.startsWith('#server/')
    ? specifier.replace('#server/', 'server/')
    : specifier.startsWith('.')
      ? join(file, '..', specifier)
      : null;
  return path?.startsWith('server/use-cases/') === true && !path.startsWith('server/use-cases/act/') ? path : null;
}

function* within(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* within(child);
}

const isText = (node: ts.Node | undefined): node is ts.StringLiteral => node !== undefined && ts.isStringLiteral(node);
const isCallOf = (node: ts.Node, ...names: readonly string[]): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.includes(node.expression.text);

/** The permissions that code names when it acts or reads, by itself and by the use-cases that it calls. */
function namedIn(file: string, node: ts.Node, seen: Set<ts.Node> = new Set()): ReadonlySet<string> {
  const found = new Set<string>();
  if (seen.has(node)) return found;
  seen.add(node);
  const { declared, imported } = moduleOf(file);
  for (const inner of within(node)) {
    if (isCallOf(inner, 'act', 'read')) {
      const [, right] = inner.arguments;
      const named = right && isCallOf(right, 'underLock') ? right.arguments[0] : right;
      if (isText(named)) found.add(named.text);
    }
    if (!ts.isIdentifier(inner)) continue;
    const other = declared.get(inner.text);
    if (other) namedIn(file, other, seen).forEach((name) => found.add(name));
    const from = imported.get(inner.text);
    const called = from && moduleOf(from.file).declared.get(from.name);
    if (from && called) namedIn(from.file, called, seen).forEach((name) => found.add(name));
  }
  return found;
}

/** The permission of each procedure of a router, with those that its use-cases name. */
const procedures = globSync('server/api/*/router.ts').flatMap((file) => {
  const { declared } = moduleOf(file);
  return [...declared.values()].flatMap((router) =>
    [...within(router)].flatMap((node) => {
      if (!ts.isPropertyAssignment(node)) return [];
      const base = [...within(node.initializer)].find((inner) => isCallOf(inner, 'orgProcedure'));
      const [permission] = base && ts.isCallExpression(base) ? base.arguments : [];
      if (!isText(permission)) return [];
      const path = `${file.split('/').at(-2)}.${node.name.getText()}`;
      return [{ path, permission: permission.text, named: [...namedIn(file, node.initializer)].toSorted() }];
    }),
  );
});

it('each procedure for members is looked at', () => {
  const paths = Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) => {
    const { meta } = (procedure as unknown as { _def: { meta?: { access?: unknown } } })._def;
    return PERMISSIONS.some((permission) => permission === meta?.access) ? [path] : [];
  });
  expect(procedures.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
});

it.each(procedures)('$path and its use-case name the same permission', ({ path, permission, named }) => {
  // The subscription looks at the right by itself, again and again.
  if (path === 'live.events') return expect(named).toEqual([]);
  expect(named).toEqual([permission]);
});
