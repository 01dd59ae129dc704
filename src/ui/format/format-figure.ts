import { digitsOfPrice } from '#core/market/price-digits.ts';

export type FigureKind = 'money' | 'price' | 'percent' | 'ratio' | 'count';

export interface FigureOptions {
  readonly kind: FigureKind;
  /** ISO code; only for money. */
  readonly currency?: string | undefined;
  /** Whether a plus is written. */
  readonly signed?: boolean;
  /** Decimals; a price has its own unless said otherwise. */
  readonly digits?: number | undefined;
}

const UNDEFINED_FIGURE = '–';

const formats = new Map<string, Intl.NumberFormat>();

function formatFor({ kind, currency, signed = false, digits }: FigureOptions): Intl.NumberFormat {
  const key = `${kind} ${currency ?? ''} ${String(signed)} ${String(digits)}`;
  const known = formats.get(key);
  if (known) return known;
  const fraction = digits ?? (kind === 'count' ? 0 : 2);
  const format = new Intl.NumberFormat('en-US', {
    ...(kind === 'percent' ? { style: 'percent' } : {}),
    ...(kind === 'money' && currency ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
  formats.set(key, format);
  return format;
}

/** A figure in the one way Alphaloom writes them: a true minus, grouped thousands, a dash for what is undefined. */
export function formatFigure(value: number, options: FigureOptions): string {
  if (Number.isNaN(value)) return UNDEFINED_FIGURE;
  if (value === Infinity) return '∞';
  if (value === -Infinity) return '−∞';
  const own =
    options.kind === 'price' && options.digits === undefined ? { ...options, digits: digitsOfPrice(value) } : options;
  return formatFor(own).format(value).replace('-', '−');
}
