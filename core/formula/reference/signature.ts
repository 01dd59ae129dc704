import { printLiteral } from '../language/literal.ts';
import type { Block, Port } from '../model/block.ts';

/** `(source, timePeriod = 30)`; nothing for a bare word. */
export const signatureOf = (block: Block): string =>
  block.syntax?.kind === 'name' ? '' : `(${block.inputs.map((port) => parameter(port, '')).join(', ')})`;

/**
 * How code writes the block, with the types of what it takes and gives: `rsi(source: series<number>, timePeriod: number
 * = 14) → series<number>`.
 */
export const typedSignatureOf = (block: Block): string => [usageOf(block), ...resultOf(block)].join(' → ');

function usageOf(block: Block): string {
  const [first, second] = block.inputs;
  if (block.kind === 'input') return 'input name = value [in min..max] [step step] [of options]';
  if (block.kind === 'value') return 'name = x';
  switch (block.syntax?.kind) {
    case 'name':
      return block.name;
    case 'index':
      return `${first?.name}[${second?.name}]`;
    case 'prefix':
      return `${block.syntax.symbol}${/\w$/.test(block.syntax.symbol) ? ' ' : ''}${first?.name}`;
    case 'infix':
      return `${first?.name} ${block.syntax.symbol} ${second?.name}`;
    case undefined:
      return `${block.name}(${block.inputs.map((port) => parameter(port, `: ${port.type}`)).join(', ')})`;
  }
}

function parameter({ name, type, default: fallback }: Port, typed: string): string {
  if (fallback === undefined) return name + typed;
  return fallback === null ? `${name}?${typed}` : `${name}${typed} = ${printLiteral(fallback, type === 'string')}`;
}

function resultOf({ outputs }: Block): string[] {
  const [only] = outputs;
  if (!only) return [];
  return [outputs.length === 1 ? only.type : `{ ${outputs.map(({ name }) => name).join(', ')} }`];
}
