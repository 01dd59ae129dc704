import { cx } from '../format/cx.ts';
import { formatFigure, type FigureKind } from '../format/format-figure.ts';

export interface FigureProps {
  readonly value: number;
  readonly kind: FigureKind;
  readonly currency?: string;
  readonly digits?: number;
  /** Writes the plus too. Figures with a tone always do, so that colour never stands alone. */
  readonly signed?: boolean;
  /** `outcome` colours gains and losses. */
  readonly tone?: 'outcome' | 'plain';
  readonly className?: string;
}

/** Every financial figure on screen: tabular numerals, sign, unit, tone. */
export function Figure({ value, kind, currency, digits, signed = false, tone = 'plain', className }: FigureProps) {
  const outcome = tone === 'outcome';
  const color = !outcome || !(Math.abs(value) > 0) ? undefined : value > 0 ? 'text-up' : 'text-down';
  return (
    <span className={cx('tabular whitespace-nowrap', color, className)}>
      {formatFigure(value, { kind, currency, digits, signed: signed || outcome })}
    </span>
  );
}
