import type { GivenType } from '#core/formula/language/types.ts';
import type { Output } from '#core/formula/model/block.ts';

const format = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** An output's value at one bar, as it stands on a node. */
export function formatValue(value: number, type: GivenType | Output['type']): string {
  if (type === 'series<bool>' || type === 'bool') return value === 1 ? 'true' : 'false';
  if (Number.isNaN(value)) return 'na';
  const isPercentage = type === 'percent' || type === 'series<percent>';
  return `${format.format(isPercentage ? value * 100 : value).replace('-', '−')}${isPercentage ? '%' : ''}`;
}
