'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChartCandlestick, FilePlus2, Scissors, Search, Trash2, Upload } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSearchKey } from '#commands/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import type { Outputs } from '#trpc/types.ts';
import { useAction } from '#trpc/use-action.ts';
import { PriceChart } from '#ui/charts/price-chart.tsx';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { foundCount, ListSearch } from '#ui/data/list-search.tsx';
import { hasWords, wordsOfQuery } from '#ui/data/match-words.ts';
import { Table } from '#ui/data/table.tsx';
import { Time } from '#ui/data/time.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Skeleton, SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { useAddressFields } from '#ui/hooks/use-address-fields.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { Confirm } from '#ui/overlays/confirm.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { InstrumentFacts } from './instrument-facts.tsx';
import { AddBarsDialog } from './lazy-add-bars-dialog.tsx';
import { RemoveBarsDialog } from './lazy-remove-bars-dialog.tsx';

type Market = Outputs['market']['list'][number];

const LOOKED_FOR = { q: '' };

export function MarketsPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const denied = useDenial('market.manage');
  const markets = useQuery(trpc.market.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const [growing, setGrowing] = useState<Market | null>(null);
  const [cutting, setCutting] = useState<Market | null>(null);
  const [removing, setRemoving] = useState<Market | null>(null);
  const remove = useAction(
    trpc.market.remove.mutationOptions({
      onSettled: () => {
        setRemoving(null);
        void queryClient.invalidateQueries(trpc.market.pathFilter());
      },
    }),
  );
  const [{ q }, lookFor] = useAddressFields('/markets', LOOKED_FOR);
  const search = useSearchKey('Search the markets');
  const found = useMemo(() => {
    const words = wordsOfQuery(q);
    return (markets.data ?? []).filter(({ symbol, name, timeframe, source }) =>
      hasWords(words, [symbol, name, timeframe, source]),
    );
  }, [markets.data, q]);
  const shown = found.find(({ id }) => id === chosen) ?? found[0];
  const columns: readonly Column<Market>[] = [
    {
      id: 'symbol',
      header: 'Symbol',
      sortBy: (market) => market.symbol,
      cell: (market) => (
        <>
          <span className="font-medium">{market.symbol}</span>
          <span className="ml-1.5 text-muted md:hidden">{market.timeframe}</span>
        </>
      ),
    },
    { id: 'name', header: 'Name', wide: true, sortBy: (market) => market.name, cell: (market) => market.name },
    {
      id: 'timeframe',
      header: 'A bar lasts',
      wide: true,
      sortBy: (market) => market.timeframe,
      cell: (market) => market.timeframe,
    },
    {
      id: 'count',
      header: 'Bars',
      align: 'right',
      sortBy: (market) => market.barCount,
      cell: (market) => <Figure value={market.barCount} kind="count" />,
    },
    {
      id: 'from',
      header: 'From',
      align: 'right',
      wide: true,
      sortBy: (market) => market.firstTime,
      cell: (market) => <Time value={market.firstTime} detail="day" />,
    },
    {
      id: 'to',
      header: 'To',
      align: 'right',
      wide: true,
      sortBy: (market) => market.lastTime,
      cell: (market) => <Time value={market.lastTime} detail="day" />,
    },
    {
      id: 'source',
      header: 'Source',
      wide: true,
      cell: (market) => <span className="text-muted">{market.source}</span>,
    },
    {
      id: 'remove',
      header: 'Actions',
      isHeaderHidden: true,
      align: 'right',
      width: 112,
      cell: (market) =>
        denied === undefined ? (
          <span className="flex justify-end gap-1">
            <IconButton size="sm" label={`Add bars to ${market.symbol}`} onClick={() => setGrowing(market)}>
              <FilePlus2 />
            </IconButton>
            <IconButton size="sm" label={`Remove bars of ${market.symbol}`} onClick={() => setCutting(market)}>
              <Scissors />
            </IconButton>
            <IconButton size="sm" label={`Remove ${market.symbol}`} onClick={() => setRemoving(market)}>
              <Trash2 />
            </IconButton>
          </span>
        ) : null,
    },
  ];
  const importButton = (
    <Button look="primary" icon={<Upload />} denied={denied} onClick={() => setImporting(true)}>
      Import CSV
    </Button>
  );
  return (
    <>
      <PageHeader title="Markets" actions={importButton}>
        Prices that strategies are tested on.
      </PageHeader>
      <div className="space-y-4 px-4 pb-8 md:px-6">
        {markets.isError ? (
          <Problem title={explainError(markets.error).title}>{explainError(markets.error).advice}</Problem>
        ) : null}
        {markets.isPending ? (
          <Panel>
            <SkeletonRows rows={3} />
          </Panel>
        ) : null}
        {markets.data?.length === 0 ? (
          <EmptyState icon={<ChartCandlestick />} title="No prices yet" action={importButton}>
            Import a CSV of bars: a time column and open, high, low, close and volume, in any order.
          </EmptyState>
        ) : null}
        {markets.data && markets.data.length > 1 ? (
          <div role="search" aria-label="Markets" className="flex flex-wrap items-center gap-2">
            <ListSearch
              inputRef={search}
              label="Search the markets"
              placeholder="Symbol, name or source"
              value={q}
              onChange={(next) => lookFor({ q: next })}
            />
            <span role="status" className="text-xs text-muted">
              {q.trim() === '' ? '' : foundCount({ found: found.length, of: markets.data.length })}
            </span>
          </div>
        ) : null}
        {markets.data && markets.data.length > 0 && found.length === 0 ? (
          <EmptyState
            icon={<Search />}
            title="No market has all of these words"
            action={<Button onClick={() => lookFor(LOOKED_FOR)}>Show all</Button>}
          >
            The search looks at symbols, names, lengths of bars and sources.
          </EmptyState>
        ) : null}
        {found.length > 0 ? (
          <Panel>
            <Table
              label="Markets"
              rows={found}
              columns={columns}
              rowKey={({ id }) => id}
              selectedKey={shown?.id ?? null}
              onRowOpen={({ id }) => setChosen(id)}
            />
          </Panel>
        ) : null}
        {shown ? (
          <Panel title={`${shown.symbol} · ${shown.name}`}>
            <InstrumentFacts market={shown} />
            <Prices market={shown} />
          </Panel>
        ) : null}
      </div>
      {growing ? <AddBarsDialog market={growing} onClose={() => setGrowing(null)} /> : null}
      {cutting ? <RemoveBarsDialog market={cutting} onClose={() => setCutting(null)} /> : null}
      <ImportDialog open={importing} onOpenChange={setImporting} />
      <Confirm
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        title={`Remove ${removing?.symbol ?? ''}?`}
        action="Remove"
        busy={remove.isPending}
        onConfirm={() => {
          if (removing) remove.mutate({ id: removing.id });
        }}
      >
        Its bars are deleted. A market that backtests or bots stand on can not be removed.
      </Confirm>
    </>
  );
}

function Prices({ market }: { readonly market: Market }) {
  const trpc = useTRPC();
  const bars = useQuery(trpc.market.bars.queryOptions({ id: market.id, maxPoints: 5000 }, { staleTime: Infinity }));
  if (bars.isError)
    return (
      <Problem title={explainError(bars.error).title} className="m-4">
        {explainError(bars.error).advice}
      </Problem>
    );
  return bars.data ? (
    <PriceChart bars={bars.data} label={`Prices of ${market.symbol}`} />
  ) : (
    <Skeleton className="m-4 h-64" />
  );
}
