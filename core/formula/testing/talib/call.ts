import type { TalibModule } from './module.ts';

export interface TalibCall {
  /** In capitals: `EMA`, `CDLDOJI`. */
  readonly name: string;
  /** Columns of one length, finite, in the order of the C function. */
  readonly inputs: readonly Float64Array[];
  /** In the order of the C function; a moving-average type by its number. */
  readonly options: readonly number[];
  readonly outputs: number;
}

export interface TalibResult {
  /** The bar of the first value, which is the lookback; where no bar has one, the number of bars. */
  readonly begin: number;
  /** As long as the inputs, NaN before `begin`. */
  readonly outputs: readonly Float64Array[];
}

/** These fill columns of C ints. */
const isInteger = (name: string): boolean => /^(CDL.*|HT_TRENDMODE|(MAX|MIN|MINMAX)INDEX)$/.test(name);

/**
 * What TA-Lib gives for a whole series. Goes by the C functions and not by talib-web's wrapper, which frees the outputs
 * before it reads them and takes integers for doubles.
 */
export function callTalib(module: TalibModule, { name, inputs, options, outputs }: TalibCall): TalibResult {
  const call = module[`_TA_${name}`];
  if (!call) throw new Error(`TA-Lib has no ${name}`);
  const length = inputs[0]?.length ?? 0;
  const pointers: number[] = [];
  const allocate = (bytes: number): number => {
    const pointer = module._malloc(bytes);
    if (pointer === 0) throw new Error('TA-Lib is out of memory');
    pointers.push(pointer);
    return pointer;
  };
  try {
    const given = inputs.map((column) => {
      const pointer = allocate(length * 8);
      module.HEAPF64.set(column, pointer / 8);
      return pointer;
    });
    const begin = allocate(4);
    const count = allocate(4);
    const filled = Array.from({ length: outputs }, () => allocate(length * 8));
    const code = call(0, length - 1, ...given, ...options, begin, count, ...filled);
    if (code !== 0) throw new Error(`TA_${name}(${options.join(', ')}) failed with code ${code}`);
    const size = module.HEAP32[count / 4] ?? 0;
    const start = size === 0 ? length : (module.HEAP32[begin / 4] ?? 0);
    const read = (pointer: number): Float64Array => {
      const column = new Float64Array(length).fill(Number.NaN);
      column.set(
        isInteger(name)
          ? module.HEAP32.subarray(pointer / 4, pointer / 4 + size)
          : module.HEAPF64.subarray(pointer / 8, pointer / 8 + size),
        start,
      );
      return column;
    };
    return { begin: start, outputs: filled.map(read) };
  } finally {
    for (const pointer of pointers) module._free(pointer);
  }
}
