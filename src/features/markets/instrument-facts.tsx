'use client';
import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import { useDenial } from '#features/shell/index.ts';
import type { Outputs } from '#trpc/types.ts';
import { Button } from '#ui/controls/button.tsx';
import { DAY_NAMES, KIND_NAMES } from './instrument-words.ts';
import { InstrumentDialog } from './lazy-instrument-dialog.tsx';

type Market = Outputs['market']['list'][number];

/** What is known of what a market trades, for all markets of the symbol. */
export function InstrumentFacts({ market }: { readonly market: Market }) {
  const denied = useDenial('market.manage');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 text-sm text-muted">
      <p>{factsOf(market).join(' · ')}</p>
      {denied === undefined ? (
        <Button size="sm" look="quiet" icon={<PencilLine />} onClick={() => setIsOpen(true)}>
          Describe {market.symbol}
        </Button>
      ) : null}
      {isOpen ? <InstrumentDialog market={market} onClose={() => setIsOpen(false)} /> : null}
    </div>
  );
}

function factsOf({ currency, instrument: { kind, venue, tick, lot, timeZone, session } }: Market): readonly string[] {
  return [
    KIND_NAMES[kind],
    ...(venue === null ? [] : [venue]),
    currency,
    ...(tick === null ? [] : [`prices in steps of ${tick}`]),
    ...(lot === null ? [] : [`units in steps of ${lot}`]),
    ...(session
      ? [`${session.opens} to ${session.closes}, ${session.days.map((day) => DAY_NAMES[day - 1]).join(' ')}`]
      : []),
    timeZone,
  ];
}
