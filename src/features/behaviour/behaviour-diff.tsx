'use client';
import { Activity, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import { MarketFields, SettingsFields, timesOf, useCost, useRunChoice } from '#features/backtests/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import { Checkbox } from '#ui/controls/checkbox.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Notice } from '#ui/feedback/notice.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { cx } from '#ui/format/cx.ts';
import { Panel } from '#ui/layout/panel.tsx';
import { PairList } from './pair-list.tsx';
import { PairView } from './pair-view.tsx';
import type { Sides } from './sides.ts';
import { useBehaviour } from './use-behaviour.ts';

export interface BehaviourDiffProps extends Sides {
  readonly className?: string;
  /** Markets that are chosen at first, such as those of bots. */
  readonly marketIds?: readonly string[];
}

/** As many as the server takes at once. */
const MOST_MARKETS = 8;
const NO_MARKETS: readonly string[] = [];

/** Runs both on the same bars, and says where they part. Its props stand in `index.ts`. */
export function BehaviourDiff({ before, after, className, marketIds }: BehaviourDiffProps) {
  const sides = useMemo(() => ({ before, after }), [before, after]);
  const { started, isStale, isPending, error, run } = useBehaviour(sides);
  const [shown, setShown] = useState<string | null>(null);
  const form = <Form {...sides} isPending={isPending} hasRun={started !== null} onRun={run} first={marketIds} />;
  const pair = started?.pairs.find(({ marketId }) => marketId === shown) ?? started?.pairs[0];
  const explained = error ? explainError(error) : null;
  return (
    <div className={cx('space-y-4 p-4 md:px-6', className)}>
      {explained ? <Problem title={explained.title}>{explained.advice}</Problem> : null}
      {form}
      {isStale ? (
        <Notice title="The draft has changed since these runs">Run both again to see what it does now.</Notice>
      ) : null}
      {started && pair ? (
        <>
          <PairList sides={sides} pairs={started.pairs} shown={pair} onShow={setShown} />
          <PairView
            key={`${pair.before} ${pair.after}`}
            sides={{ before: { ...before, formula: started.before }, after: { ...after, formula: started.after } }}
            pair={pair}
          />
        </>
      ) : (
        <EmptyState icon={<Activity />} title="What do the two do differently?">
          Both run on the same bars with the same settings: you see where their equity parts, and which trades only one
          of them makes. What was run before is not computed again.
        </EmptyState>
      )}
    </div>
  );
}

interface FormProps extends Sides {
  readonly isPending: boolean;
  readonly hasRun: boolean;
  readonly onRun: ReturnType<typeof useBehaviour>['run'];
  readonly first: readonly string[] | undefined;
}

/** Markets, range and settings of both runs. */
function Form({ before, after, isPending, hasRun, onRun, first = NO_MARKETS }: FormProps) {
  const choice = useRunChoice(first[0]);
  const { market, markets } = choice;
  const [further, setFurther] = useState(first);
  const denied = useDenial('backtest.run');
  const marketIds = market ? [...new Set([market.id, ...further])].slice(0, MOST_MARKETS) : [];
  const cost = useCost(
    choice,
    useMemo(() => ({ formula: after.formula, candidates: 1 }), [after.formula]),
  );
  const start = (): void => {
    const request = choice.request();
    if (request) onRun({ settings: request.settings, marketIds, ...timesOf(choice.from, choice.to) });
  };
  return (
    <Panel
      title={`${before.title} and ${after.title} on the same bars`}
      actions={
        <Button
          size="sm"
          look="primary"
          icon={<Play />}
          busy={isPending}
          denied={denied}
          disabled={marketIds.length === 0 || cost.refused !== null}
          onClick={start}
        >
          {hasRun ? 'Run both again' : 'Run both'}
        </Button>
      }
    >
      <div className="space-y-3 p-4">
        {cost.refused === null ? null : <Problem title="These runs would be refused">{cost.refused}</Problem>}
        <MarketFields choice={choice} />
        {markets.length > 1 ? (
          <fieldset>
            <legend className="mb-1 text-xs text-muted">Further markets, {MOST_MARKETS} at the most</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-1">
              {markets
                .filter(({ id }) => id !== market?.id)
                .map(({ id, symbol, timeframe }) => (
                  <Checkbox
                    key={id}
                    label={`${symbol} ${timeframe}`}
                    checked={marketIds.includes(id)}
                    disabled={!marketIds.includes(id) && marketIds.length >= MOST_MARKETS}
                    onChange={(isChosen) =>
                      setFurther((ids) => (isChosen ? [...ids, id] : ids.filter((other) => other !== id)))
                    }
                  />
                ))}
            </div>
          </fieldset>
        ) : null}
        <details>
          <summary className="cursor-pointer text-xs text-muted">Money, costs and fills of both runs</summary>
          <div className="space-y-3 pt-3">
            <SettingsFields choice={choice} />
          </div>
        </details>
        {cost.summary === '' ? null : (
          <p className="tabular text-xs text-muted">
            {marketIds.length * 2} runs, each {cost.summary}
          </p>
        )}
      </div>
    </Panel>
  );
}
