import { isSeriesPort } from '../facts/constants.ts';
import { printLiteral } from '../language/literal.ts';
import { parse } from '../language/parse.ts';
import type { Block, KernelBlock, Port } from '../model/block.ts';

/** What stands for the first, second, … series that a block takes. */
const SERIES = ['close', 'sma(close, 20)', 'sma(close, 50)'];
const CONDITIONS = ['close > sma(close, 20)', 'volume > sma(volume, 20)'];
/** For what is undefined or flat at prices: `acos`, `exp`, `tanh`. */
const SMALL = 'close / open - 1';

/** Code that shows the block at work, arguments at their defaults: an expression, or statements. */
export function exampleOf(block: Block): string {
  if (block.example !== undefined) return block.example;
  const values = valuesOf(block);
  const [first = '', second = ''] = values.map(({ value }) => value);
  switch (block.syntax?.kind) {
    case 'name':
      return block.name;
    case 'index':
      return `${first}[${second}]`;
    case 'prefix':
      return `${block.syntax.symbol}${/\w$/.test(block.syntax.symbol) ? ' ' : ''}${first}`;
    case 'infix':
      return `${first} ${block.syntax.symbol} ${second}`;
    case undefined:
      return `${block.name}(${listed(block, values)})`;
  }
}

/** The name under which `exampleProgram` binds an example that is an expression. */
export const SHOWN = 'shown';

/** The example as a whole formula. */
export function exampleProgram(block: Block): string {
  const code = exampleOf(block);
  return parse(code).diagnostics.length === 0 ? code : `${SHOWN} = ${code}`;
}

interface Value {
  readonly port: Port;
  readonly value: string;
}

function valuesOf(block: Block): Value[] {
  const series = block.kind === 'kernel' && isPointlessAtPrices(block) ? [SMALL, ...SERIES.slice(1)] : SERIES;
  let numbers = 0;
  let conditions = 0;
  return block.inputs.flatMap((port): Value[] => {
    if (port.default === null) return [];
    if (port.default !== undefined) return [{ port, value: printLiteral(port.default, port.type === 'string') }];
    if (port.type === 'series<bool>' || port.type === 'bool')
      return [{ port, value: CONDITIONS[conditions++] ?? 'true' }];
    if (isSeriesPort(port.type)) return [{ port, value: series[numbers++] ?? 'close' }];
    return [{ port, value: String(port.min ?? 1) }];
  });
}

/** Arguments by position for as long as none is left out, then by name. */
function listed(block: Block, values: readonly Value[]): string {
  return values
    .map(({ port, value }, index) => (block.inputs[index] === port ? value : `${port.name}: ${value}`))
    .join(', ');
}

/** Whether a function of one number has no value at 1,000, or the same at 1,001. */
function isPointlessAtPrices(block: KernelBlock): boolean {
  if (
    !block.pointwise ||
    block.reads !== undefined ||
    block.inputs.length !== 1 ||
    block.inputs[0]?.type !== 'series<number>'
  )
    return false;
  const at = (value: number): number | undefined => {
    const out = new Float64Array(block.outputs.length);
    block.kernel.stream({}).step(Float64Array.of(value), out);
    return out[0];
  };
  return Number.isNaN(at(1000)) || at(1000) === at(1001);
}
