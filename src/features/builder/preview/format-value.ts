import type { Output } from '#core/formula/block.ts';

const format = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** An output's value at one bar, as it stands on a node. */
export function formatValue(value: number, type: Output['type']): string {
  if (type === 'series<bool>') return value === 1 ? 'true' : 'false';
  return Number.isNaN(value) ? 'na' : format.format(value).replace('-', '−');
}
