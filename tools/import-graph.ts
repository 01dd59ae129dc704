/**
 * `npm run graph`: the house as its imports draw it. Each folder's rooms stand on floors: a room imports from floors
 * below alone. Prints what goes round in a circle, between files or between folders, and ends with 1 if anything does.
 */
import { cruise, type IReporterOutput, type ICruiseResult } from 'dependency-cruiser';
import { circlesOf, floorsOf } from './import-graph/floors.ts';

const ROOTS = ['core', 'collab', 'server', 'cli', 'src', 'tools'];
/** Tests and what helps them may reach over walls. */
const ASIDE = String.raw`\.test\.tsx?$|/testing/|/tests/`;

const isResult = (output: IReporterOutput['output']): output is ICruiseResult => typeof output !== 'string';

/** From each file to the files that it imports, types among them. */
async function readImports(): Promise<[from: string, to: string][]> {
  const { output } = await cruise(ROOTS, {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ASIDE },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
      extensions: ['.ts', '.tsx', '.mjs'],
    },
  });
  if (!isResult(output)) throw new Error('The reader of imports gave text instead of modules.');
  const inside = (path: string): boolean => ROOTS.some((root) => path.startsWith(`${root}/`));
  return output.modules
    .filter(({ source }) => inside(source))
    .flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ resolved }) => inside(resolved))
        .map(({ resolved }): [string, string] => [source, resolved]),
    );
}

/** Of each folder, "" for the whole: which of the things in it import which. */
function roomsOf(imports: readonly (readonly [string, string])[]): Map<string, Map<string, Set<string>>> {
  const rooms = new Map<string, Map<string, Set<string>>>();
  for (const [from, to] of imports) {
    const [a, b] = [from.split('/'), to.split('/')];
    let depth = 0;
    while (a[depth] === b[depth]) depth += 1;
    const folder = a.slice(0, depth).join('/');
    const graph = rooms.get(folder) ?? new Map<string, Set<string>>();
    rooms.set(folder, graph);
    const [source, target] = [a[depth] ?? '', b[depth] ?? ''];
    graph.set(source, (graph.get(source) ?? new Set()).add(target));
    if (!graph.has(target)) graph.set(target, new Set());
  }
  return rooms;
}

async function main(): Promise<void> {
  const imports = await readImports();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const wanted = process.argv[2] ?? '';
  const rooms = roomsOf(imports);
  const shown = rooms.get(wanted);
  if (shown)
    for (const [index, floor] of floorsOf(shown).entries()) say(`${String(index).padStart(3)}  ${floor.join('  ')}`);
  const circles = [...rooms].flatMap(([folder, graph]) =>
    circlesOf(graph).map((circle) => `${folder || 'the project'}: ${circle.join(' ⇄ ')}`),
  );
  say(`\n${imports.length} imports, ${circles.length} circles`);
  for (const circle of circles) say(`  ${circle}`);
  process.exitCode = circles.length === 0 ? 0 : 1;
}

await main();
