import { findBlock } from '../blocks/catalogue.ts';
import type { Block, Port } from '../model/block.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type Literal, type NodeId } from '../model/formula.ts';
import { calleeOf, functionsOf, ONLY_RESULT, resultName } from './functions.ts';

/** What is known of a function where it is called. */
interface Signature {
  readonly name: string;
  readonly comment?: string | undefined;
  readonly params: readonly { readonly name: string; readonly default?: Literal }[];
  readonly results: readonly { readonly name?: string | undefined }[];
}

/**
 * A function as the block that a call of the function is: with ports, outputs and help, as if the block stood in the
 * catalogue.
 */
export function blockOfCall({ name, comment, params, results }: Signature): Block {
  const outputs = results.length === 0 ? [{ name: ONLY_RESULT }] : results;
  return {
    kind: 'call',
    name,
    title: name,
    group: 'functions',
    help: comment?.split('\n')[0] ?? 'A function of this strategy.',
    source: 'This strategy.',
    inputs: params.map((param): Port => ({
      name: param.name,
      type: 'any',
      help: 'A parameter of the function.',
      ...defaultOf(param.default),
    })),
    outputs: outputs.map((result) => ({ name: result.name ?? ONLY_RESULT, type: 'any' })),
  };
}

const defaultOf = (fallback: Literal | undefined): Pick<Port, 'default'> =>
  fallback === undefined || Array.isArray(fallback)
    ? {}
    : { default: fallback as Exclude<typeof fallback, readonly unknown[]> };

/** The block that calls of a function of the formula are. */
export function blockOfFunction(formula: Formula, id: NodeId): Block | undefined {
  const parts = functionsOf(formula).get(id);
  const node = nodeOf(formula, id);
  if (!parts || !node) return undefined;
  return blockOfCall({
    name: node.name ?? '',
    comment: node.comment,
    params: parts.params.map((param) => {
      const { name = '', args = {} } = nodeOf(formula, param) ?? {};
      const fallback = args['default'];
      return fallback === undefined || isRef(fallback) ? { name } : { name, default: fallback };
    }),
    results: parts.results.map((result) => ({ name: resultName(nodeOf(formula, result) ?? { block: '', args: {} }) })),
  });
}

const PARAM: Block = {
  kind: 'call',
  name: 'param',
  title: 'Parameter',
  group: 'functions',
  help: 'What a call gives to the function. With a value of its own it may be left out.',
  source: 'This strategy.',
  inputs: [{ name: 'default', type: 'any', help: 'What it is where a call does not give it.', default: null }],
  outputs: [{ name: ONLY_RESULT, type: 'any' }],
};

const RESULT: Block = {
  kind: 'call',
  name: 'result',
  title: 'Result',
  group: 'functions',
  help: 'What the function gives.',
  source: 'This strategy.',
  inputs: [{ name: 'x', type: 'any', help: 'The value.' }],
  outputs: [],
};

/** The block of any node of a formula, also of what functions are made of. */
export function blockOfNode(formula: Formula, node: FormulaNode): Block | undefined {
  switch (node.block) {
    case 'call':
      return blockOfFunction(formula, calleeOf(formula, node) ?? '');
    case 'param':
      return PARAM;
    case 'result':
      return RESULT;
    default:
      return findBlock(node.block);
  }
}
