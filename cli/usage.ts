import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command was called wrongly; the message says how it is called rightly. */
export class UsageError extends Error {}

/** The options of every command that reads bars. */
export const DATA_OPTIONS = {
  data: { type: 'string', multiple: true },
  timeframe: { type: 'string', multiple: true },
  times: { type: 'string', multiple: true },
  decimals: { type: 'string', multiple: true },
} as const;

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/**
 * `parseArgs` of Node, with its complaints as usage errors. An option that takes one value is given once, and nothing
 * is named that would be passed over: `most` is how many names the command takes.
 */
export function readArguments<const Options extends OptionsConfig>(
  args: readonly string[],
  options: Options,
  most = 1,
) {
  const { values, positionals, tokens } = parse(args, options);
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (given.has(token.name) && !options[token.name]?.multiple)
      throw new UsageError(`${token.rawName} is given twice.`);
    given.add(token.name);
  }
  const [unread] = positionals.slice(most);
  if (unread !== undefined)
    throw new UsageError(`"${unread}" is one name too many: this command takes ${most === 1 ? 'one' : most}.`);
  return { values, positionals };
}

function parse<const Options extends OptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A decimal number, with an exponent if need be: not all that JavaScript takes for one (`0x10`, nothing at all). */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function numberIn(text: string): number | null {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

export function readNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = numberIn(text);
  if (value === null) throw new UsageError(`--${name} takes a number, not "${text}".`);
  return value;
}

export function readBoolean(name: string, text: string | undefined, fallback: boolean): boolean {
  if (text === undefined) return fallback;
  if (text !== 'true' && text !== 'false') throw new UsageError(`--${name} is true or false, not "${text}".`);
  return text === 'true';
}

/** `--set fast=12 --set maType=ema` as values of inputs. */
export const readInputs = (sets: readonly string[] | undefined): Record<string, number | boolean | string> =>
  Object.fromEntries(splitSets(sets, 'name=value').map(([name, text]) => [name, readValue(text)]));

/** The name and the text behind it of each `--set`; `form` is what the command takes. An input is set once. */
export function splitSets(sets: readonly string[] | undefined, form: string): [name: string, text: string][] {
  const names = new Set<string>();
  return (sets ?? []).map((set) => {
    const [, name, text] = /^([A-Za-z_]\w*)=(.+)$/s.exec(set) ?? [];
    if (name === undefined || text === undefined) throw new UsageError(`--set takes ${form}, not "${set}".`);
    if (names.has(name)) throw new UsageError(`--set ${name} is given twice.`);
    names.add(name);
    return [name, text];
  });
}

/** A number, a percentage as its fraction, true or false; else the text itself. */
export function readValue(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = numberIn(text.replace(/%$/, ''));
  if (number === null) return text;
  return text.endsWith('%') ? number / 100 : number;
}
