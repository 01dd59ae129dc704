import { findBlock } from '../blocks/catalogue.ts';
import type { FormulaNode } from '../model/formula.ts';

/** Inputs, values and actions stand in paragraphs of their own, and so does each function. */
const paragraphOf = ({ block }: FormulaNode): string =>
  block === 'input' ? 'input' : findBlock(block)?.kind === 'action' ? 'action' : 'value';

/** Whether code parts two statements by a blank line, whatever a person has written there. */
export const isParted = (above: FormulaNode, below: FormulaNode): boolean =>
  paragraphOf(above) !== paragraphOf(below) ||
  below.comment !== undefined ||
  above.block === 'fn' ||
  below.block === 'fn';
