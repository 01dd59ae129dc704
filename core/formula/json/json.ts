import { err, ok, type Result } from '#core/result/result.ts';
import { findBlock } from '../blocks/catalogue.ts';
import { aliasesOf } from '../blocks/field-names.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';
import { EMPTY_FORMULA, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { readJson, type Json } from './json-text.ts';
import { readFormula, type Path } from './read-formula.ts';

/** JSON longer than this is refused unread; a formula of 5,000 nodes has about 1,000,000 characters. */
export const LONGEST_JSON = 10_000_000;

/**
 * A formula is its own JSON; the text of it that is stored and exported. Names of arguments that a node's block does
 * not have, such as those of the block that it was before, say nothing and are left out.
 */
export const toJson = (formula: Formula): string =>
  JSON.stringify({ ...formula, nodes: named(formula.nodes) }, null, 2);

const named = (nodes: Formula['nodes']): Formula['nodes'] =>
  Object.values(nodes).every(({ words }) => words === undefined)
    ? nodes
    : Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, withKnownWords(node)]));

function withKnownWords({ words = {}, ...node }: FormulaNode): FormulaNode {
  const block = findBlock(node.block);
  const known = Object.entries(words).filter(([port, word]) => block && aliasesOf(block, port).includes(word));
  return known.length > 0 ? { ...node, words: Object.fromEntries(known) } : node;
}

/**
 * Reads a formula from JSON that anybody may have written. What is wrong is said with its path; all of it, not the
 * first.
 */
export function fromJson(value: unknown): Result<Formula, readonly Diagnostic[]> {
  const { formula, problems } = readFormula(value);
  return problems.length > 0 ? err(problems.map(({ path, message }) => diagnosticOf(path, message))) : ok(formula);
}

export interface JsonFormula {
  /** What could be read; the empty formula when that was nothing. */
  readonly formula: Formula;
  /** Where each node stands in the text. */
  readonly spans: ReadonlyMap<NodeId, Span>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a formula from the text of its JSON. Problems are said with their place in it. Never throws. */
export function fromJsonText(text: string): JsonFormula {
  if (text.length > LONGEST_JSON) {
    return refused(
      `This is ${text.length.toLocaleString('en')} characters long; the JSON of a formula may have ${LONGEST_JSON.toLocaleString('en')}.`,
      { start: 0, end: 0, line: 1, column: 1 },
    );
  }
  const read = readJson(text);
  if (!read.ok) return refused(`This is no JSON: ${read.message}`, read.span);
  const { formula, problems } = readFormula(plain(read.value));
  const nodes = childOf(read.value, 'nodes');
  const spans = nodes?.kind === 'object' ? [...nodes.entries].map(([id, node]) => [id, node.span] as const) : [];
  return {
    formula,
    spans: new Map(spans),
    diagnostics: problems.map(({ path, message }) => ({
      ...diagnosticOf(path, message),
      span: spanOf(read.value, path),
    })),
  };
}

const refused = (message: string, span: Span): JsonFormula => ({
  formula: EMPTY_FORMULA,
  spans: new Map(),
  diagnostics: [{ code: 'json', severity: 'error', message, span }],
});

const diagnosticOf = (path: Path, message: string): Diagnostic => ({
  code: path[0] === 'format' ? 'format' : 'json',
  severity: 'error',
  message: path.length === 0 || path[0] === 'format' ? message : `${path.join('.')}: ${message}`,
});

const childOf = (json: Json, key: string): Json | undefined =>
  json.kind === 'object' ? json.entries.get(key) : undefined;

/** Of what is not there, the span of what it would be in. */
function spanOf(root: Json, path: Path): Span {
  let at = root;
  for (const key of path) at = childOf(at, key) ?? at;
  return at.span;
}

function plain(json: Json): unknown {
  if (json.kind === 'scalar') return json.value;
  if (json.kind === 'array') return json.items.map(plain);
  return Object.fromEntries([...json.entries].map(([key, value]) => [key, plain(value)]));
}
