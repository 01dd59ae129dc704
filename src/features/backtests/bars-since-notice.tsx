import type { ReactNode } from 'react';
import type { Outputs } from '#trpc/types.ts';
import { Notice } from '#ui/feedback/notice.tsx';

type BarsSince = Outputs['backtest']['get']['bars'];

interface BarsSinceNoticeProps {
  readonly bars: BarsSince;
  /** The market of the run. */
  readonly market: { readonly symbol: string; readonly timeframe: string };
  /** What can be done: to run it again. */
  readonly action: ReactNode;
}

/** Says what became of the bars that a run was made on; nothing where they are as they were. */
export function BarsSinceNotice({ bars: { corrected, hasNewer }, market, action }: BarsSinceNoticeProps) {
  if (corrected.length === 0 && !hasNewer) return null;
  const [first, ...others] = [
    ...corrected.map((of) => correctedText(of, market)),
    ...(hasNewer ? ['Newer bars of this range have come after this run.'] : []),
  ];
  return (
    <Notice title={first ?? ''}>
      <div className="flex flex-wrap items-center gap-2">
        {others.map((text) => (
          <span key={text}>{text}</span>
        ))}
        {action}
      </div>
    </Notice>
  );
}

function correctedText(
  { symbol, timeframe, bars }: BarsSince['corrected'][number],
  market: BarsSinceNoticeProps['market'],
): string {
  const isOwn = symbol === market.symbol && timeframe === market.timeframe;
  const whose = isOwn ? 'this range' : `${symbol} ${timeframe}, which the strategy reads,`;
  return bars === 1
    ? `1 bar of ${whose} was corrected after this run.`
    : `${bars.toLocaleString('en')} bars of ${whose} were corrected after this run.`;
}
