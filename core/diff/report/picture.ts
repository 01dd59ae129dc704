import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { dataflowOrder } from '#core/formula/facts/dataflow-order.ts';
import { SCOPE } from '#core/formula/language/functions.ts';
import { isRef, nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { describeChange } from '../describe.ts';
import { sideOf } from '../side.ts';
import { escapeHtml } from './escape-html.ts';
import type { DiffReport } from './report.ts';

/** How a statement differs: never told by colour alone, so each has a sign and a kind of line. */
type Mark = 'added' | 'removed' | 'changed' | 'same';

const SIGNS: Readonly<Record<Mark, string>> = { added: '+', removed: '−', changed: '~', same: '' };

interface Box {
  readonly id: NodeId;
  readonly mark: Mark;
  readonly title: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
}

const [WIDTH, LINE, PADDING, GAP_X, GAP_Y] = [270, 15, 9, 60, 16];
/** In characters of 7 units. */
const LONGEST_LINE = 36;

const shortened = (text: string): string => (text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 1)}…` : text);

const heightOf = ({ lines }: Pick<Box, 'lines'>): number => (lines.length + 1) * LINE + 2 * PADDING;

/**
 * The statements of both formulas as one graph, in SVG: what is wired to nothing stands left, each other one right of
 * all that it is wired to. Functions' own statements are left out: their function says what has changed in it.
 */
export function pictureOf(report: DiffReport): string {
  const boxes = place(report);
  const at = new Map(boxes.map((box) => [box.id, box]));
  const width = Math.max(...boxes.map(({ x }) => x + WIDTH), 0) + GAP_X / 2;
  const height = Math.max(...boxes.map((box) => box.y + heightOf(box)), 0) + GAP_Y;
  const wires = [...wiresBetween(report, at)].map(({ from, to, mark }) => {
    const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + PADDING + LINE / 2, to.x, to.y + PADDING + LINE / 2];
    const bend = Math.max(24, (x2 - x1) / 2);
    return `<path class="wire ${mark}" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}"/>`;
  });
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="The strategy as a graph" ${size}>
${wires.join('\n')}
${boxes.map(draw).join('\n')}
</svg>`;
}

function draw(box: Box): string {
  const text = (line: string, row: number, kind: string) =>
    `<text class="${kind}" x="${box.x + PADDING}" y="${box.y + PADDING + (row + 0.8) * LINE}">${escapeHtml(shortened(line))}</text>`;
  const sign = SIGNS[box.mark];
  const title = `<title>${escapeHtml([box.title, ...box.lines].join('\n'))}</title>`;
  const frame = `<rect x="${box.x}" y="${box.y}" width="${WIDTH}" height="${heightOf(box)}" rx="6"/>`;
  const heading = text(sign === '' ? box.title : `${sign} ${box.title}`, 0, 'title');
  const lines = box.lines.map((line, row) => text(line, row + 1, 'line')).join('');
  return `<g class="node ${box.mark}">${title}${frame}${heading}${lines}</g>`;
}

function place(report: DiffReport): Box[] {
  const [before, after] = [sideOf(report.before), sideOf(report.after)];
  const inFunctions = new Set(
    [report.before, report.after].flatMap((formula) =>
      Object.entries(formula.nodes).flatMap(([id, { args }]) => (args[SCOPE] === undefined ? [] : [id])),
    ),
  );
  const said = new Map<NodeId, string[]>();
  for (const change of report.changes)
    if ('id' in change && change.kind !== 'added' && change.kind !== 'removed' && change.kind !== 'reordered')
      said.set(change.id, [...(said.get(change.id) ?? []), describeChange(change)]);
  const ids = [...new Set([...after.statements, ...before.statements])].filter((id) => !inFunctions.has(id));
  const columns = columnsOf(report, ids);
  const next = new Map<number, number>();
  return ids.map((id) => {
    const side = after.isStatement(id) ? after : before;
    const mark = markOf(before.isStatement(id), after.isStatement(id), said.has(id));
    const lines = mark === 'changed' ? (said.get(id) ?? []) : [side.says(id)];
    const column = columns.get(id) ?? 0;
    const box = { id, mark, title: side.labelOf(id), lines, x: column * (WIDTH + GAP_X) + 8, y: next.get(column) ?? 8 };
    next.set(column, box.y + heightOf(box) + GAP_Y);
    return box;
  });
}

function markOf(was: boolean, is: boolean, isChanged: boolean): Mark {
  if (!was) return 'added';
  if (!is) return 'removed';
  return isChanged ? 'changed' : 'same';
}

/** How many statements lie, at the most, between a statement and what is wired to nothing. Actions stand at the end. */
function columnsOf(report: DiffReport, ids: readonly NodeId[]): ReadonlyMap<NodeId, number> {
  const shown = new Set(ids);
  const columns = new Map<NodeId, number>();
  for (const formula of [report.before, report.after]) {
    const depth = new Map<NodeId, number>();
    for (const id of dataflowOrder(formula).order) {
      const node = nodeOf(formula, id);
      const inner = Object.values(node?.args ?? {}).flatMap((arg) =>
        isRef(arg) ? [(depth.get(arg.from) ?? 0) + (shown.has(arg.from) ? 1 : 0)] : [],
      );
      depth.set(id, Math.max(0, ...inner));
      if (shown.has(id)) columns.set(id, Math.max(columns.get(id) ?? 0, depth.get(id) ?? 0));
    }
  }
  const last = Math.max(0, ...columns.values());
  const isAction = (id: NodeId): boolean => {
    const node = nodeOf(report.after, id) ?? nodeOf(report.before, id);
    return findBlock(node?.block ?? '')?.kind === 'action';
  };
  const end = Math.max(last, ...[...columns].flatMap(([id, column]) => (isAction(id) ? [] : [column + 1])));
  for (const id of ids) if (isAction(id)) columns.set(id, end);
  return columns;
}

interface DrawnWire {
  readonly from: Box;
  readonly to: Box;
  readonly mark: Mark;
}

/** Between statements, also through what is written inside them. */
function* wiresBetween({ before, after }: DiffReport, boxes: ReadonlyMap<NodeId, Box>): Generator<DrawnWire> {
  const [was, is] = [pairsOf(before, boxes), pairsOf(after, boxes)];
  for (const [key, [from, to]] of new Map([...was, ...is])) {
    const [source, user] = [boxes.get(from), boxes.get(to)];
    if (source && user)
      yield { from: source, to: user, mark: !was.has(key) ? 'added' : !is.has(key) ? 'removed' : 'same' };
  }
}

function pairsOf(formula: Formula, boxes: ReadonlyMap<NodeId, Box>): ReadonlyMap<string, readonly [NodeId, NodeId]> {
  const statements = new Set(sideOf(formula).statements);
  const pairs = new Map<string, readonly [NodeId, NodeId]>();
  for (const id of statements) {
    if (!boxes.has(id)) continue;
    const open = [id];
    for (const at of open)
      for (const arg of Object.values(nodeOf(formula, at)?.args ?? {})) {
        if (!isRef(arg)) continue;
        if (statements.has(arg.from)) pairs.set(`${arg.from} ${id}`, [arg.from, id]);
        else open.push(arg.from);
      }
  }
  return pairs;
}
