'use client';
import { useQuery } from '@tanstack/react-query';
import { Bot, Plus, Search, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSearchKey } from '#commands/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { explainError } from '#trpc/explain-error.ts';
import { Button } from '#ui/controls/button.tsx';
import type { Column } from '#ui/data/column.ts';
import { Figure } from '#ui/data/figure.tsx';
import { foundCount, ListSearch } from '#ui/data/list-search.tsx';
import { hasWords, wordsOfQuery } from '#ui/data/match-words.ts';
import { Table } from '#ui/data/table.tsx';
import { Age } from '#ui/data/time.tsx';
import { Badge, type Tone } from '#ui/feedback/badge.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { SkeletonRows } from '#ui/feedback/skeleton.tsx';
import { useAddressFields } from '#ui/hooks/use-address-fields.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';
import { Panel } from '#ui/layout/panel.tsx';
import { BotActions } from './bot-actions.tsx';
import type { BotRow } from './bot-row.ts';
import { NewBotDialog } from './new-bot-dialog.tsx';

const TONES: Readonly<Record<BotRow['status'], Tone>> = {
  draft: 'neutral',
  running: 'good',
  paused: 'warn',
  halted: 'bad',
};

const Mode = ({ bot }: { readonly bot: BotRow }) => (
  <Badge tone={bot.mode === 'live' ? 'bad' : 'accent'}>{bot.mode}</Badge>
);

const stateOf = (bot: BotRow): string => {
  if (bot.isFrozen) return 'frozen';
  return bot.isWaiting ? 'waiting for bars' : bot.status;
};

const LOOKED_FOR = { q: '' };

const COLUMNS: readonly Column<BotRow>[] = [
  {
    id: 'name',
    header: 'Bot',
    sortBy: (bot) => bot.name.toLowerCase(),
    cell: (bot) => (
      <>
        {/* Paper or real money is said on every screen, also where the name is cut. */}
        <span className="mr-1.5 md:hidden">
          <Mode bot={bot} />
        </span>
        <span className="font-medium">{bot.name}</span>
      </>
    ),
  },
  {
    id: 'mode',
    header: 'Mode',
    wide: true,
    cell: (bot) => <Mode bot={bot} />,
  },
  {
    id: 'formula',
    header: 'Runs',
    wide: true,
    cell: (bot) => (
      <>
        {bot.formulaName} <span className="text-faint">v{bot.versionNumber}</span>{' '}
        {bot.nextVersionNumber === null ? null : (
          <Badge tone="accent">
            → v{bot.nextVersionNumber} {bot.upgrade === 'flat' ? 'when flat' : 'at its next bar'}
          </Badge>
        )}
        {bot.publishedNumber === null || bot.publishedNumber === bot.nextVersionNumber ? null : (
          <Badge tone="warn">v{bot.publishedNumber} is published</Badge>
        )}
      </>
    ),
  },
  { id: 'market', header: 'Market', wide: true, cell: (bot) => `${bot.symbol} ${bot.timeframe}, replayed` },
  {
    id: 'status',
    header: 'Status',
    sortBy: (bot) => bot.status,
    cell: (bot) => (
      <span title={bot.failure ?? bot.notice ?? undefined} className="inline-flex items-center gap-1">
        <Badge tone={TONES[bot.status]} pulse={bot.status === 'running' && !bot.isWaiting}>
          {stateOf(bot)}
        </Badge>
        {bot.notice === null ? null : <TriangleAlert className="size-4 text-warn" role="img" aria-label={bot.notice} />}
      </span>
    ),
  },
  {
    id: 'signals',
    header: 'Signals',
    align: 'right',
    wide: true,
    sortBy: (bot) => bot.signalCount,
    cell: (bot) => <Figure value={bot.signalCount} kind="count" />,
  },
  {
    id: 'last',
    header: 'Last signal',
    align: 'right',
    wide: true,
    cell: (bot) =>
      bot.lastSignalAt === null ? <span className="text-faint">none yet</span> : <Age value={bot.lastSignalAt} />,
  },
  { id: 'actions', header: 'Actions', isHeaderHidden: true, align: 'right', cell: (bot) => <BotActions bot={bot} /> },
];

export function BotsPage() {
  const trpc = useTRPC();
  const denied = useDenial('bot.manage');
  const [creating, setCreating] = useState(false);
  const bots = useQuery(trpc.bot.list.queryOptions());
  const [{ q }, lookFor] = useAddressFields('/bots', LOOKED_FOR);
  const search = useSearchKey('Search the bots');
  const found = useMemo(() => {
    const words = wordsOfQuery(q);
    return (bots.data ?? []).filter((bot) =>
      hasWords(words, [bot.name, bot.formulaName, `${bot.symbol} ${bot.timeframe}`, stateOf(bot), bot.mode]),
    );
  }, [bots.data, q]);
  const create = (
    <Button look="primary" icon={<Plus />} denied={denied} onClick={() => setCreating(true)}>
      New bot
    </Button>
  );
  return (
    <>
      <PageHeader title="Bots" actions={create}>
        Strategies that run by themselves, bar by bar, with paper money. Stored prices are replayed, a bar a second.
      </PageHeader>
      <div className="px-4 pb-8 md:px-6">
        {bots.isError ? (
          <Problem title={explainError(bots.error).title}>{explainError(bots.error).advice}</Problem>
        ) : null}
        {bots.isPending ? (
          <Panel>
            <SkeletonRows rows={3} />
          </Panel>
        ) : null}
        {bots.data?.length === 0 ? (
          <EmptyState icon={<Bot />} title="No bots yet" action={create}>
            A bot runs one version of a strategy on one market and sends its signals as they come.
          </EmptyState>
        ) : null}
        {bots.data && bots.data.length > 0 ? (
          <div role="search" aria-label="Bots" className="flex flex-wrap items-center gap-2 pb-3">
            <ListSearch
              inputRef={search}
              label="Search the bots"
              placeholder="Name, strategy, market or status"
              value={q}
              onChange={(next) => lookFor({ q: next })}
            />
            <span role="status" className="text-xs text-muted">
              {q.trim() === '' ? '' : foundCount({ found: found.length, of: bots.data.length })}
            </span>
          </div>
        ) : null}
        {bots.data && bots.data.length > 0 && found.length === 0 ? (
          <EmptyState
            icon={<Search />}
            title="No bot has all of these words"
            action={<Button onClick={() => lookFor(LOOKED_FOR)}>Show all</Button>}
          >
            The search looks at names, strategies, markets and what the bots are doing.
          </EmptyState>
        ) : null}
        {found.length > 0 ? (
          <Panel>
            <Table label="Bots" rows={found} columns={COLUMNS} rowKey={({ id }) => id} />
          </Panel>
        ) : null}
      </div>
      <NewBotDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}
