import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { fromJsonText } from '#core/formula/json/json.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { firstStrategy } from './first-strategy.ts';
import { keepSandbox, readSandbox } from './kept-sandbox.ts';

interface Exchanged {
  readonly store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** As it is in this tab now. */
  readonly formula: () => Formula;
  /** Makes the changes of the other tab here, too. */
  readonly take: (edits: readonly Edit[]) => void;
}

export interface Exchange {
  /** Takes in what another tab has kept since this tab looked last. */
  takeIn(): void;
  /** Keeps what is here and what is there. False where the browser keeps nothing. */
  keep(): boolean;
}

/** Null where there is no text, or one that does not read. */
function formulaOf(text: string | null): Formula | null {
  if (text === null) return null;
  const { formula, diagnostics } = fromJsonText(text);
  return diagnostics.some(({ severity }) => severity === 'error') ? null : formula;
}

/**
 * One strategy in several tabs of one browser: a tab that keeps its own would throw away what another has kept. So each
 * makes the other's changes first, one by one, as of the text that both have known.
 */
export function exchangeWithTabs({ store, formula, take }: Exchanged): Exchange {
  let known = readSandbox(store);
  const takeIn = (): void => {
    const text = readSandbox(store);
    if (text === null || text === known) return;
    const theirs = formulaOf(text);
    if (theirs) take(editsBetween(formulaOf(known) ?? firstStrategy(), theirs));
    known = text;
  };
  return {
    takeIn,
    keep: () => {
      takeIn();
      const text = JSON.stringify(formula());
      if (text === known) return true;
      const isKept = keepSandbox(store, text);
      if (isKept) known = text;
      return isKept;
    },
  };
}
