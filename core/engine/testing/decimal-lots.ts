/** Lots as decimals, in whole numbers of any length: 3 lots of 0.1 are "3e-1", whose nearest double is 0.3. */
export function decimalLots(count: bigint, lot: number): number {
  const [digits = '0', exponent = '0'] = lot.toExponential().split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  return Number(`${count * BigInt(whole + fraction)}e${Number(exponent) - fraction.length}`);
}

/** How many lots so many units are, to the nearest. */
export const lotsOf = (units: number, lot: number): bigint => BigInt(Math.round(units / lot));
