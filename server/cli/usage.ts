import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command was called wrongly; the message says how it is called rightly. */
export class UsageError extends Error {}

/** The options of every command that reads bars. */
export const DATA_OPTIONS = { data: { type: 'string', multiple: true }, timeframe: { type: 'string', multiple: true } } as const;

/** `parseArgs` of Node, with its complaints as usage errors. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export function readNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`--${name} takes a number, not "${text}".`);
  return value;
}

export function readBoolean(name: string, text: string | undefined, fallback: boolean): boolean {
  if (text === undefined) return fallback;
  if (text !== 'true' && text !== 'false') throw new UsageError(`--${name} is true or false, not "${text}".`);
  return text === 'true';
}

/** `--set fast=12 --set maType=ema` as values of inputs. */
export function readInputs(sets: readonly string[] | undefined): Record<string, number | boolean | string> {
  return Object.fromEntries((sets ?? []).map((set) => {
    const [, name, text] = /^([A-Za-z_]\w*)=(.*)$/.exec(set) ?? [];
    if (name === undefined || text === undefined) throw new UsageError(`--set takes name=value, not "${set}".`);
    return [name, readValue(text)];
  }));
}

/** A number, a percentage as its fraction, true or false; else the text itself. */
export function readValue(text: string): number | boolean | string {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text.replace(/%$/, ''));
  if (text.trim() === '' || !Number.isFinite(number)) return text;
  return text.endsWith('%') ? number / 100 : number;
}
