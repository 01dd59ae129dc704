import type { EditorState } from '@codemirror/state';
import { blockOfNode } from '#core/formula/language/block-of-call.ts';
import { percentOf, printLiteral } from '#core/formula/language/literal.ts';
import { describeType, type GivenType } from '#core/formula/language/types.ts';
import type { Block } from '#core/formula/model/block.ts';
import type { FormulaNode, NodeId } from '#core/formula/model/formula.ts';
import { checkedOf, parsedOf } from '../read-code.ts';

/** A statement that has a name, in the text as it reads now. */
export interface NamedStatement {
  readonly name: string;
  /** For the moment: the formula has another. */
  readonly id: NodeId;
  readonly node: FormulaNode;
  readonly block: Block | undefined;
  readonly from: number;
  readonly to: number;
}

export function namedStatements(state: EditorState): readonly NamedStatement[] {
  const { formula, spans } = parsedOf(state);
  return Object.entries(formula.nodes).flatMap(([id, node]) => {
    const span = spans.get(id);
    return node.name === undefined || !span || node.block === 'fn' || node.block === 'result'
      ? []
      : [{ name: node.name, id, node, block: blockOfNode(formula, node), from: span.start, to: span.end }];
  });
}

export const findNamed = (state: EditorState, name: string): NamedStatement | undefined =>
  namedStatements(state).find((statement) => statement.name === name);

/** The type of its value; of several outputs, that of the first. */
export function typeOfNamed(state: EditorState, { id, block }: NamedStatement): GivenType | undefined {
  const [first] = block?.outputs ?? [];
  return block?.kind === 'feed' ? 'feed' : first && checkedOf(state).types.get(id)?.[first.name];
}

/** What is known about it, in words. */
export function factsOfNamed(state: EditorState, statement: NamedStatement): readonly string[] {
  const { constants, warmUps } = checkedOf(state);
  const type = typeOfNamed(state, statement);
  const constant = constants.get(statement.id);
  const warmUp = warmUps.get(statement.id) ?? 0;
  const outputs = statement.block?.outputs ?? [];
  const written =
    constant === undefined
      ? ''
      : type === 'percent' && typeof constant === 'number'
        ? percentOf(constant)
        : printLiteral(constant, true);
  if (statement.node.block === 'input' && constant !== undefined)
    return [`an input: ${written} unless a run says otherwise`];
  if (constant !== undefined) return [`always ${written}`];
  return [
    ...(outputs.length > 1
      ? [`outputs ${outputs.map(({ name }) => name).join(', ')}`]
      : type
        ? [describeType(type)]
        : []),
    warmUp === 0 ? 'from the first bar' : `after ${warmUp.toLocaleString('en')} ${warmUp === 1 ? 'bar' : 'bars'}`,
  ];
}
