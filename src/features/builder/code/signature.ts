import type { Block } from '#core/formula/block.ts';
import { printLiteral } from '#core/formula/literal.ts';

/** `(source, timePeriod = 30)` */
export const signatureOf = (block: Block): string =>
  block.syntax?.kind === 'name' ? '' : `(${block.inputs.map((port) => (port.default === undefined ? port.name : port.default === null ? `${port.name}?` : `${port.name} = ${printLiteral(port.default)}`)).join(', ')})`;
