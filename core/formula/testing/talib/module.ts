import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { init } from 'talib-web';
import { setUpCandles } from './candle-settings.ts';

/**
 * What TA-Lib, compiled to WebAssembly, gives JavaScript: its C functions and its memory. Pointers are byte offsets.
 */
export interface TalibModule {
  readonly HEAPF64: Float64Array;
  readonly HEAP32: Int32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  readonly [functionName: `_TA_${string}`]: (...args: number[]) => number;
}

/**
 * Loads TA-Lib and does what its `TA_Initialize`, which is not in the module, would do: no unstable periods and no
 * compatibility with anything, which is what C zeroes, and the settings of candles. (In Node, `init` gets hold of the
 * binary only through an address that `fetch` knows.)
 */
export async function loadTalib(): Promise<TalibModule> {
  const folder = dirname(createRequire(import.meta.url).resolve('talib-web'));
  const binary = await readFile(join(folder, 'talib.wasm'), 'base64');
  const module: TalibModule = await withoutListeners(() => init(`data:application/wasm;base64,${binary}`));
  setUpCandles(module);
  return module;
}

/**
 * What Emscripten compiles listens for all failures of the process, to end the process: of a test that is not the
 * module's business.
 */
async function withoutListeners<T>(load: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Map(events.map((event) => [event, new Set<unknown>(process.listeners(event as never))]));
  const loaded = await load();
  for (const [event, known] of before)
    for (const listener of process.listeners(event as never) as ((...given: unknown[]) => void)[])
      if (!known.has(listener)) process.off(event, listener);
  return loaded;
}

/** The names of all TA-Lib functions in the module, in capitals. */
export const functionNames = (module: TalibModule): readonly string[] =>
  Object.keys(module)
    .filter((key) => key.startsWith('_TA_'))
    .map((key) => key.slice('_TA_'.length))
    .sort();
