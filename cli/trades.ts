import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Formula } from '#core/formula/model/formula.ts';

/** Whether a formula does anything that a backtest could show. */
export const trades = ({ nodes }: Formula): boolean =>
  Object.values(nodes).some(({ block }) => findBlock(block)?.kind === 'action');

export const NOTHING_TO_TRADE =
  'The formula has no `buy`, `sell`, `short`, `cover` or `info`: there is nothing to run.';
