import type { Span } from '../model/diagnostic.ts';
import type { Formula, FormulaNode, NodeId } from '../model/formula.ts';
import { NodePrinter, type Breaking } from './node-printer.ts';
import { isParted } from './paragraphs.ts';
import { statementsOf, type Statements } from './statements.ts';

export interface Printed {
  readonly code: string;
  /** Where each statement stands, its comment not included. */
  readonly spans: ReadonlyMap<NodeId, Span>;
}

/** The code of a formula, in its one canonical form: `print(parse(code))` formats. */
export const print = (formula: Formula): string => printWithSpans(formula).code;

/**
 * The code that content hashes are of. Stored hashes depend on every character of this code: it never changes, however
 * `print` breaks lines, and knows nothing of what people have written in their own way: of blank lines, and of other
 * names of arguments.
 */
export const hashedCode = (formula: Formula): string => printProgram(formula, 'arguments').code;

export const printWithSpans = (formula: Formula): Printed => printProgram(formula, 'everywhere');

function printProgram(formula: Formula, breaking: Breaking): Printed {
  const statements = statementsOf(formula);
  const printer = new NodePrinter(formula, statements.names, {
    naming: breaking === 'everywhere' ? 'written' : 'ports',
    bodies: statements.bodies,
  });
  const spans = new Map<NodeId, Span>();
  let code = '';
  let line = 1;
  const write = (text: string) => {
    code += text;
    line += text.split('\n').length - 1;
  };
  let above: FormulaNode | undefined;
  for (const id of statements.order) {
    const node = formula.nodes[id];
    if (!node) continue;
    const isSpaced = node.spaced === true && breaking === 'everywhere';
    if (above && (isSpaced || isParted(above, node))) write('\n');
    above = node;
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
  /** The statements of functions, where they are known already. */
  readonly bodies?: Statements['bodies'];
  /** Calls statements otherwise. */
  readonly nameOf?: (id: NodeId) => string;
}

/** The code of each node that is written on its own, and of any node inside one. */
export function createNodePrinter(
  formula: Formula,
  { names, bodies, nameOf }: NodePrinterOptions = {},
): (id: NodeId) => string {
  const statements = names && bodies ? { names, bodies } : statementsOf(formula);
  const printer = new NodePrinter(formula, names ?? statements.names, { nameOf, bodies: statements.bodies });
  return (id) => printer.definition(id);
}

const comment = (text: string | undefined): string =>
  text === undefined
    ? ''
    : text
        .split('\n')
        .map((line) => `${`# ${line}`.trimEnd()}\n`)
        .join('');
