import { extremeCell } from './cells.ts';
import { extremeColumn } from './columns.ts';
import { stage, type Stage } from './stage.ts';

/** The largest of the last `period` values. */
export const highestOf = (period: number): Stage => extreme(period, 1);

/** The smallest of the last `period` values. */
export const lowestOf = (period: number): Stage => extreme(period, -1);

const extreme = (period: number, sign: 1 | -1): Stage =>
  stage(
    () => extremeCell(period, sign),
    (source, out, length) => {
      extremeColumn(source, out, length, period, sign);
      return false;
    },
  );
