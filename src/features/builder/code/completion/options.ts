import { snippet, type Completion } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import { BLOCKS, isRequired } from '#core/formula/blocks/catalogue.ts';
import { aliasesOf, customaryOf, portsCalled } from '#core/formula/blocks/field-names.ts';
import { printLiteral } from '#core/formula/language/literal.ts';
import { fits, type GivenType } from '#core/formula/language/types.ts';
import type { Block, Port, ValueType } from '#core/formula/model/block.ts';
import { signatureOf } from '#core/formula/reference/signature.ts';
import { blockCard } from '../block-card.ts';
import { functionBlocks } from '../names/block-named.ts';
import { nameCard } from '../names/name-card.ts';
import { namedStatements, typeOfNamed } from '../names/named-statements.ts';
import { portFacts } from '../port-facts.ts';

/** How far an option comes before others that match as well. */
const BOOST = { argument: 30, name: 20, fitting: 10, required: 5 } as const;

/** The statements that can be begun. */
export const STATEMENTS: readonly Completion[] = [
  {
    label: 'input',
    type: 'keyword',
    detail: 'name = value in min..max',
    info: 'A setting of the strategy that a backtest, a sweep or a bot may change.',
    apply: snippet('input #{name} = #{10}#{}'),
  },
  {
    label: 'fn',
    type: 'keyword',
    detail: 'name(a, b = 10) = value',
    info: 'A function of the strategy: a block of its own, called as the others are.',
    apply: snippet('fn #{name}(#{a}) = #{a}#{}'),
  },
  ...BLOCKS.filter(({ kind }) => kind === 'action').map((block): Completion => ({
    ...described(block),
    type: 'action',
    apply: callOf(block, [...required(block).map(({ name }) => `${name}: #{${name}}`)]),
  })),
];

/** The names of the formula's statements, those first that fit. */
export const namesFor = (state: EditorState, wanted: ValueType | undefined): readonly Completion[] =>
  namedStatements(state).map((statement): Completion => ({
    label: statement.name,
    type: statement.node.block === 'input' ? 'input' : 'name',
    detail: state
      .sliceDoc(statement.from, statement.to)
      .replace(/^[^=]*=\s*/, '')
      .replace(/\s+/g, ' '),
    info: () => nameCard(state, statement),
    boost: BOOST.name + bonus(typeOfNamed(state, statement), wanted),
  }));

/** Blocks that have a value, those first that fit. Sizes only where a size is wanted. */
export const blocksFor = (wanted: ValueType | undefined): readonly Completion[] =>
  VALUES.flatMap(({ block, option }) =>
    block.kind === 'size' && wanted !== 'size' ? [] : [{ ...option, boost: bonus(givenBy(block), wanted) }],
  );

/** The functions that the text defines. */
export const functionsFor = (state: EditorState): readonly Completion[] =>
  functionBlocks(state).map((block): Completion => ({
    ...described(block),
    type: 'function',
    boost: BOOST.name,
    apply: callOf(
      block,
      required(block).map(({ name }) => `#{${name}}`),
    ),
  }));

/** The arguments that a call has not got yet. */
export const argumentsFor = (block: Block, ports: readonly Port[]): readonly Completion[] =>
  ports.flatMap((port): readonly Completion[] => {
    const option = {
      label: port.name,
      type: 'argument',
      detail: portFacts(port),
      info: port.help,
      apply: `${port.name}: `,
      boost: BOOST.argument + (isRequired(port) ? BOOST.required : 0),
    };
    const others = aliasesOf(block, port.name).filter((alias) => portsCalled(block, alias)[0] === port);
    // Names of other tools come behind, once a word is begun that is none of the block's own.
    return [
      option,
      ...others.map((alias) => ({
        ...option,
        label: alias,
        detail: `is \`${port.name}\`: ${option.detail}`,
        apply: `${alias}: `,
        boost: 0,
      })),
    ];
  });

export const outputsOf = (block: Block): readonly Completion[] =>
  block.outputs.length < 2
    ? []
    : block.outputs.map(({ name, help }, index): Completion => ({
        label: name,
        type: 'output',
        detail: help ?? '',
        boost: -index,
      }));

/** The only values that a port takes, as code writes them. */
export const choicesOf = (port: Port): readonly Completion[] =>
  (port.options ?? []).map((option, index): Completion => ({
    label: printLiteral(option, true),
    type: 'text',
    detail: option === port.default ? 'default' : '',
    boost: BOOST.argument - index,
  }));

export const words = (...all: readonly string[]): readonly Completion[] =>
  all.map((label): Completion => ({ label, type: 'keyword' }));

const VALUES = BLOCKS.flatMap((block): { readonly block: Block; readonly option: Completion }[] => {
  if (block.syntax?.kind === 'name')
    return [{ block, option: { ...described(block), type: 'price', detail: block.title } }];
  if (block.syntax !== undefined || block.kind === 'input' || block.kind === 'value' || block.kind === 'action')
    return [];
  const customary = customaryOf(block);
  const placeholders = [
    ...required(block).map(({ name }) => `#{${name}}`),
    ...Object.entries(customary).map(([port, usual]) => `${aliasesOf(block, port)[0] ?? port}: #{${usual}}`),
  ];
  return [{ block, option: { ...described(block), type: 'function', apply: callOf(block, placeholders) } }];
});

function described(block: Block): Completion {
  return { label: block.name, detail: signatureOf(block), info: () => blockCard(block) };
}

function required(block: Block): readonly Port[] {
  return block.inputs.filter(isRequired);
}

/**
 * The call with a place to fill in for each argument that must be given, and then behind it; with none, the brackets
 * are there to be filled.
 */
function callOf(block: Block, placeholders: readonly string[]): NonNullable<Completion['apply']> {
  const call = snippet(
    `${block.name}(${placeholders.length > 0 ? placeholders.join(', ') : block.inputs.length > 0 ? '#{}' : ''})#{}`,
  );
  return (view, completion, from, to) => {
    // The brackets are there already when the name of a call is changed.
    if (view.state.sliceDoc(to, to + 1) === '(') snippet(`${block.name}#{}`)(view, completion, from, to);
    else call(view, completion, from, to);
  };
}

function givenBy({ kind, outputs: [first] }: Block): GivenType | undefined {
  if (kind === 'feed') return 'feed';
  return first?.type === 'any' ? 'series<number>' : first?.type;
}

function bonus(given: GivenType | undefined, wanted: ValueType | undefined): number {
  if (given === undefined || wanted === undefined || wanted === 'any' || !fits(given, wanted)) return 0;
  return given === wanted ? BOOST.fitting + 1 : BOOST.fitting;
}
