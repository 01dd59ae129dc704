import { TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { isRequired } from '../blocks/catalogue.ts';
import { aliasesOf, customaryOf } from '../blocks/field-names.ts';
import { isSeriesPort } from '../facts/constants.ts';
import { printLiteral } from '../language/literal.ts';
import type { Block, BlockGroup, KernelBlock, Params, Port } from '../model/block.ts';
import { exampleOf } from './example.ts';
import { typedSignatureOf } from './signature.ts';

export interface PortReference {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly required: boolean;
  /** As code writes it; empty when there is none. */
  readonly default: string;
  /** What is allowed, in words: `whole, 2 to 100,000`; empty when anything of the type is. */
  readonly allowed: string;
  /** Empty for plain numbers. */
  readonly unit: string;
}

/** A port as a port of its block. */
export interface ArgumentReference extends PortReference {
  /** What other tools call the port; code understands these names, too. */
  readonly aliases: readonly string[];
  /** What most tools take where the default is another, as code writes it; empty when there is no such. */
  readonly customary: string;
}

export interface OutputReference {
  readonly name: string;
  readonly type: string;
  readonly help: string;
}

/** Everything that the reference says of a block, in words. */
export interface BlockReference {
  readonly name: string;
  readonly title: string;
  readonly group: BlockGroup;
  readonly help: string;
  readonly signature: string;
  readonly inputs: readonly ArgumentReference[];
  readonly outputs: readonly OutputReference[];
  /** What it reads of its bars without being given it. */
  readonly reads: readonly string[];
  /** Bars before the first value when every argument is at its default; null where that does not apply. */
  readonly lookback: number | null;
  readonly source: string;
  readonly example: string;
}

/** A block of the catalogue, as the app, the command line and the printed reference show it. */
export function describeBlock(block: Block): BlockReference {
  const { name, title, group, help, source } = block;
  return {
    name,
    title,
    group,
    help,
    source,
    signature: typedSignatureOf(block),
    inputs: block.inputs.map((port) => ({
      ...describePort(port),
      aliases: aliasesOf(block, port.name),
      customary: String(customaryOf(block)[port.name] ?? ''),
    })),
    outputs: block.outputs.map((output) => ({ name: output.name, type: output.type, help: output.help ?? '' })),
    reads: block.kind === 'kernel' ? (block.reads ?? []) : [],
    lookback: block.kind === 'kernel' ? lookbackAtDefaults(block) : null,
    example: exampleOf(block),
  };
}

export function describePort(port: Port): PortReference {
  const { name, type, help, unit = '', default: fallback } = port;
  const written = fallback === undefined || fallback === null ? '' : printLiteral(fallback, type === 'string');
  return { name, type, help, unit, allowed: allowedOf(port), required: isRequired(port), default: written };
}

/** What an argument means, what else it is called, and what most tools take there. */
export const argumentHelp = ({ help, aliases, customary }: ArgumentReference): string =>
  [
    help,
    aliases.length === 0 ? '' : `Also called ${aliases.map((alias) => `\`${alias}\``).join(', ')}.`,
    customary === '' ? '' : `Most tools take ${customary}: a block that is put in says so.`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const figure = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 20 });

function allowedOf({ options, format, min, max, integer, type }: Port): string {
  if (format === 'timeframe') return TIMEFRAME_WORDS;
  if (options) return options.map((option) => printLiteral(option, type === 'string')).join(', ');
  const range =
    min === undefined
      ? max === undefined
        ? ''
        : `up to ${figure(max)}`
      : max === undefined
        ? `${figure(min)} or more`
        : `${figure(min)} to ${figure(max)}`;
  return [integer ? 'whole' : '', range].filter((part) => part !== '').join(', ');
}

function lookbackAtDefaults(block: KernelBlock): number | null {
  const constants = block.inputs.filter(({ type }) => !isSeriesPort(type) && type !== 'feed');
  if (constants.some((port) => port.default === undefined)) return null;
  const params: Params = Object.fromEntries(constants.map((port) => [port.name, port.default ?? null]));
  return block.lookback(params);
}
