/**
 * Where talib-web 0.1.3 keeps the address of TA-Lib's `TA_Globals`, and where in those the settings of candles begin.
 */
const GLOBALS = 3952;
const FIRST_SETTING = 160;
const SETTING_BYTES = 24;

const [REAL_BODY, HIGH_LOW, SHADOWS] = [0, 1, 2];

/** TA-Lib's defaults, in its order: what is averaged, over how many bars, times what. */
const SETTINGS = [
  { name: 'body long', range: REAL_BODY, bars: 10, factor: 1 },
  { name: 'body very long', range: REAL_BODY, bars: 10, factor: 3 },
  { name: 'body short', range: REAL_BODY, bars: 10, factor: 1 },
  { name: 'body doji', range: HIGH_LOW, bars: 10, factor: 0.1 },
  { name: 'shadow long', range: REAL_BODY, bars: 0, factor: 1 },
  { name: 'shadow very long', range: REAL_BODY, bars: 0, factor: 2 },
  { name: 'shadow short', range: SHADOWS, bars: 10, factor: 1 },
  { name: 'shadow very short', range: HIGH_LOW, bars: 10, factor: 0.1 },
  { name: 'near', range: HIGH_LOW, bars: 5, factor: 0.2 },
  { name: 'far', range: HIGH_LOW, bars: 5, factor: 0.6 },
  { name: 'equal', range: HIGH_LOW, bars: 5, factor: 0.05 },
] as const;

/**
 * Writes the settings of candles to where `TA_RestoreCandleDefaultSettings` writes them: a type, a range, a number of
 * bars and a factor for each.
 */
export function setUpCandles({
  HEAP32,
  HEAPF64,
}: {
  readonly HEAP32: Int32Array;
  readonly HEAPF64: Float64Array;
}): void {
  const first = (HEAP32[GLOBALS / 4] ?? 0) + FIRST_SETTING;
  const isUntouched = HEAP32.subarray(first / 4, (first + SETTINGS.length * SETTING_BYTES) / 4).every(
    (word) => word === 0,
  );
  const isSetUp = HEAP32[first / 4 + 2] === SETTINGS[0].bars && HEAPF64[(first + 16) / 8] === SETTINGS[0].factor;
  if (first === FIRST_SETTING || !(isUntouched || isSetUp))
    throw new Error('This talib-web keeps its settings elsewhere than 0.1.3 does');
  SETTINGS.forEach(({ range, bars, factor }, type) => {
    const setting = first + type * SETTING_BYTES;
    HEAP32.set([type, range, bars], setting / 4);
    HEAPF64[(setting + 16) / 8] = factor;
  });
}
