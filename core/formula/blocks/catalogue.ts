import type { Block, Output, Port } from '../model/block.ts';
import type { Arg, FormulaNode } from '../model/formula.ts';
import { KERNEL_BLOCKS } from './index.ts';
import { SPECIAL_BLOCKS } from './special-blocks.ts';

/** Every block there is. The palette, the checker, completion, help and the reference are derived from it. */
export const BLOCKS: readonly Block[] = [...SPECIAL_BLOCKS, ...KERNEL_BLOCKS];

const byName = new Map(BLOCKS.map((block) => [block.name, block]));

export const findBlock = (name: string): Block | undefined => byName.get(name);

/**
 * A plain loop: the checker asks this of each argument, and a function made for each question is a quarter of its time.
 */
export function findPort({ inputs }: Block, name: string): Port | undefined {
  for (const port of inputs) if (port.name === name) return port;
  return undefined;
}

/** The output of that name; without one, the first. */
export const findOutput = (block: Block, name: string | undefined): Output | undefined =>
  name === undefined ? block.outputs[0] : block.outputs.find((output) => output.name === name);

/** Whether code writes the block as a bare word: `close`, `equity`. */
export const isBareName = (name: string): boolean => byName.get(name)?.syntax?.kind === 'name';

/** What a port takes at a node: the argument, `na` too; else the default. */
export function argumentOf({ args }: FormulaNode, { name, default: fallback }: Port): Arg | undefined {
  const arg = args[name];
  return arg === undefined ? fallback : arg;
}

/** Whether a port must be given. */
export const isRequired = (port: Port): boolean => port.default === undefined;

/**
 * Whether a block looks back over what enters a port, so that it must not be the same at every bar: `rsi(14)` has no
 * source.
 */
export function mustMove(block: Block, { type, mayStandStill }: Port): boolean {
  return (
    block.kind === 'kernel' &&
    block.pointwise !== true &&
    (type === 'series<number>' || type === 'any') &&
    mayStandStill !== true
  );
}

/** As a call: what is written with an operator or has a statement of its own is not; `past` may be either. */
export const isWrittenAsCall = ({ syntax, name }: Block): boolean =>
  (syntax === undefined || syntax.kind === 'name' || syntax.kind === 'index') && name !== 'input' && name !== 'value';

/** Blocks written as calls, for completion and "did you mean". */
export const CALLABLE: readonly string[] = BLOCKS.filter(
  (block) => block.syntax === undefined && block.kind !== 'input' && block.kind !== 'value',
).map((block) => block.name);

export const BARE_NAMES: readonly string[] = BLOCKS.filter((block) => block.syntax?.kind === 'name').map(
  (block) => block.name,
);
