/** Whether a line can be read on the scale of the prices: its last value is within half and twice the last close. */
export function isOfSize(
  values: ArrayLike<number>,
  { close, length }: { readonly close: ArrayLike<number>; readonly length: number },
): boolean {
  for (let bar = length - 1; bar >= 0; bar -= 1) {
    const value = values[bar] ?? Number.NaN;
    if (!Number.isNaN(value)) return value > (close[bar] ?? 0) / 2 && value < (close[bar] ?? 0) * 2;
  }
  return true;
}
