import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { init } from 'talib-web';
import { setUpCandles } from './candle-settings.ts';

/** What TA-Lib, compiled to WebAssembly, gives JavaScript: its C functions and its memory. Pointers are byte offsets. */
export interface TalibModule {
  readonly HEAPF64: Float64Array;
  readonly HEAP32: Int32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  readonly [functionName: `_TA_${string}`]: (...args: number[]) => number;
}

/**
 * Loads TA-Lib and does what its `TA_Initialize`, which is not in the module, would do: no unstable periods and no compatibility with anything, which is
 * what C zeroes, and the settings of candles. (In Node, `init` gets hold of the binary only through an address that `fetch` knows.)
 */
export async function loadTalib(): Promise<TalibModule> {
  const folder = dirname(createRequire(import.meta.url).resolve('talib-web'));
  const binary = await readFile(join(folder, 'talib.wasm'), 'base64');
  const module: TalibModule = await init(`data:application/wasm;base64,${binary}`);
  setUpCandles(module);
  return module;
}

/** The names of all TA-Lib functions in the module, in capitals. */
export const functionNames = (module: TalibModule): readonly string[] =>
  Object.keys(module)
    .filter((key) => key.startsWith('_TA_'))
    .map((key) => key.slice('_TA_'.length))
    .sort();
