import type { Formula, FormulaNode, NodeId } from '#core/formula/model/formula.ts';
import { sentencesOf, type NodeSentence } from './node-sentence.ts';
import { titlesOf } from './node-title.ts';

/** The nodes of a formula as sentences, with the names that the canvas gives them. */
export const sayNodes = (formula: Formula): ((id: NodeId, node: FormulaNode) => NodeSentence) =>
  sentencesOf(formula, titlesOf(formula));
