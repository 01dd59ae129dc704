import { BLOCKS, findBlock } from './catalogue.ts';
import type { Diagnostic } from './diagnostic.ts';
import { FORMULA_FORMAT, type Arg, type Formula, type FormulaNode, type Literal, type Point } from './formula.ts';
import { err, ok, type Result } from '../result/result.ts';
import { didYouMean } from './suggest.ts';

/** More nodes than this are refused. */
export const MOST_NODES = 20_000;

/** A formula is its own JSON; the text of it that is stored and exported. */
export const toJson = (formula: Formula): string => JSON.stringify(formula, null, 2);

/** Reads a formula from JSON that anybody may have written. What is wrong is said with its path; all of it, not the first. */
export function fromJson(value: unknown): Result<Formula, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const problem = (path: string, message: string) => problems.push({ code: 'json', severity: 'error', message: `${path}: ${message}` });
  if (!isObject(value)) return err([{ code: 'json', severity: 'error', message: 'This is not a formula: a JSON object belongs here.' }]);
  if (value['format'] !== FORMULA_FORMAT) {
    const found = typeof value['format'] === 'string' ? `"${value['format']}"` : 'none';
    return err([{ code: 'format', severity: 'error', message: `The format is ${found}; this version reads "${FORMULA_FORMAT}".` }]);
  }
  for (const key of Object.keys(value)) if (!['format', 'nodes', 'layout', 'epilogue'].includes(key)) problem(key, 'is no part of a formula.');
  const nodes = readNodes(value['nodes'], problem);
  const layout = value['layout'] === undefined ? undefined : readLayout(value['layout'], problem);
  const epilogue = value['epilogue'];
  if (epilogue !== undefined && typeof epilogue !== 'string') problem('epilogue', 'is a text.');
  if (problems.length > 0) return err(problems);
  return ok({ format: FORMULA_FORMAT, nodes, ...(layout ? { layout } : {}), ...(typeof epilogue === 'string' ? { epilogue } : {}) });
}

type Problem = (path: string, message: string) => void;

const refuse = (_reported: void): null => null;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function readNodes(value: unknown, problem: Problem): Record<string, FormulaNode> {
  if (!isObject(value)) {
    problem('nodes', 'is an object of nodes by their ids.');
    return {};
  }
  const entries = Object.entries(value);
  if (entries.length > MOST_NODES) {
    problem('nodes', `has ${entries.length.toLocaleString('en')} nodes; a formula may have ${MOST_NODES.toLocaleString('en')}.`);
    return {};
  }
  const ids = new Set(Object.keys(value));
  return Object.fromEntries(entries.flatMap(([id, node]) => {
    const read = readNode(node, `nodes.${id}`, ids, problem);
    return read ? [[id, read]] : [];
  }));
}

function readNode(value: unknown, path: string, ids: ReadonlySet<string>, problem: Problem): FormulaNode | null {
  if (!isObject(value)) return refuse(problem(path, 'is an object with a block.'));
  const { block, name, comment, args } = value;
  for (const key of Object.keys(value)) if (!['block', 'name', 'comment', 'args'].includes(key)) problem(`${path}.${key}`, 'is no part of a node.');
  if (typeof block !== 'string') return refuse(problem(`${path}.block`, 'names the block; it is missing.'));
  const declared = findBlock(block);
  if (!declared) return refuse(problem(`${path}.block`, `There is no block "${block}".${didYouMean(block, BLOCKS.map((known) => known.name))}`));
  if (name !== undefined && typeof name !== 'string') problem(`${path}.name`, 'is a text.');
  if (comment !== undefined && typeof comment !== 'string') problem(`${path}.comment`, 'is a text.');
  if (args !== undefined && !isObject(args)) problem(`${path}.args`, 'is an object of arguments by port.');
  const read: [string, Arg][] = [];
  for (const [port, arg] of Object.entries(isObject(args) ? args : {})) {
    const at = `${path}.args.${port}`;
    const known = declared.inputs.map((input) => input.name);
    if (!known.includes(port)) problem(at, `"${block}" has no argument "${port}".${didYouMean(port, known)}`);
    else if (isLiteral(arg)) read.push([port, arg]);
    else if (isWire(arg)) {
      if (ids.has(arg.from)) read.push([port, arg]);
      else problem(at, `There is no node "${arg.from}".`);
    } else problem(at, 'is a number, a text, true, false, null or {"from": node, "output"?: name}.');
  }
  return { block, ...(typeof name === 'string' ? { name } : {}), ...(typeof comment === 'string' ? { comment } : {}), args: Object.fromEntries(read) };
}

const isPlain = (value: unknown): value is number | boolean | string => typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
const isLiteral = (value: unknown): value is Literal => value === null || isPlain(value) || (Array.isArray(value) && value.every(isPlain));
const isWire = (value: unknown): value is { from: string; output?: string } =>
  isObject(value) && typeof value['from'] === 'string' && (value['output'] === undefined || typeof value['output'] === 'string') && Object.keys(value).every((key) => key === 'from' || key === 'output');

function readLayout(value: unknown, problem: Problem): Record<string, Point> {
  if (!isObject(value)) {
    problem('layout', 'is an object of points by node.');
    return {};
  }
  return Object.fromEntries(Object.entries(value).flatMap(([id, point]) => {
    if (isObject(point) && typeof point['x'] === 'number' && typeof point['y'] === 'number') return [[id, { x: point['x'], y: point['y'] }]];
    problem(`layout.${id}`, 'is a point {"x": number, "y": number}.');
    return [];
  }));
}
