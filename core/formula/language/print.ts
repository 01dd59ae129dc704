import { findBlock } from '../blocks/catalogue.ts';
import type { Span } from '../model/diagnostic.ts';
import type { Formula, FormulaNode, NodeId } from '../model/formula.ts';
import { NodePrinter, type Breaking } from './node-printer.ts';
import { statementsOf } from './statements.ts';

export interface Printed {
  readonly code: string;
  /** Where each statement stands, its comment not included. */
  readonly spans: ReadonlyMap<NodeId, Span>;
}

/** The code of a formula, in its one canonical form: `print(parse(code))` formats. */
export const print = (formula: Formula): string => printWithSpans(formula).code;

/**
 * The code that content hashes are of. Stored hashes depend on every character of this code: it never changes, however
 * `print` breaks lines.
 */
export const hashedCode = (formula: Formula): string => printProgram(formula, 'arguments').code;

export const printWithSpans = (formula: Formula): Printed => printProgram(formula, 'everywhere');

function printProgram(formula: Formula, breaking: Breaking): Printed {
  const statements = statementsOf(formula);
  const printer = new NodePrinter(formula, statements.names);
  const spans = new Map<NodeId, Span>();
  let code = '';
  let line = 1;
  const write = (text: string) => {
    code += text;
    line += text.split('\n').length - 1;
  };
  let before: NodeId | undefined;
  for (const id of statements.order) {
    const node = formula.nodes[id];
    if (!node) continue;
    if (before !== undefined && parted(formula.nodes[before], node)) write('\n');
    before = id;
    write(comment(node.comment));
    const start = code.length;
    const startLine = line;
    write(printer.statement(id, node, breaking));
    spans.set(id, { start, end: code.length, line: startLine, column: 1 });
    write('\n');
  }
  if (formula.epilogue !== undefined) write((code === '' ? '' : '\n') + comment(formula.epilogue));
  return { code, spans };
}

interface NodePrinterOptions {
  /** The names of statements, where they are known already. */
  readonly names?: ReadonlyMap<NodeId, string>;
  /** Calls statements otherwise. */
  readonly nameOf?: (id: NodeId) => string;
}

/** The code of each node that is written on its own, and of any node inside one. */
export function createNodePrinter(
  formula: Formula,
  { names = statementsOf(formula).names, nameOf }: NodePrinterOptions = {},
): (id: NodeId) => string {
  const printer = new NodePrinter(formula, names, nameOf);
  return (id) => printer.definition(id);
}

/** Inputs, values and actions stand in paragraphs of their own. */
const paragraph = (node: FormulaNode): string =>
  node.block === 'input' ? 'input' : findBlock(node.block)?.kind === 'action' ? 'action' : 'value';
const parted = (above: FormulaNode | undefined, below: FormulaNode): boolean =>
  above === undefined || paragraph(above) !== paragraph(below) || below.comment !== undefined;

const comment = (text: string | undefined): string =>
  text === undefined
    ? ''
    : text
        .split('\n')
        .map((line) => `${`# ${line}`.trimEnd()}\n`)
        .join('');
