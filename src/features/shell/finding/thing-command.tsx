import { Bot, ChartCandlestick, FlaskConical, GitCommitVertical, Workflow } from 'lucide-react';
import type { Command } from '#commands/index.ts';
import type { Outputs } from '#trpc/types.ts';
import { formatAge } from '#ui/format/format-time.ts';

type Thing = Outputs['search']['find'][number];

/** Opens what was found. */
export function thingCommand(thing: Thing, open: (address: string) => void): Command {
  const command = (group: Command['group'], rest: Pick<Command, 'title' | 'icon' | 'keywords'>, address: string) => ({
    id: `${thing.kind} ${thing.id}`,
    group,
    ...rest,
    run: () => open(address),
  });
  switch (thing.kind) {
    case 'formula':
      return command(
        'Strategies',
        { title: thing.isArchived ? `${thing.name} (archived)` : thing.name, icon: <Workflow /> },
        `/formulas/${thing.id}`,
      );
    case 'version':
      return command(
        'Versions',
        {
          title: `${thing.formulaName} v${thing.number}${thing.message === '' ? '' : `: ${thing.message}`}`,
          icon: <GitCommitVertical />,
        },
        `/formulas/${thing.formulaId}?version=${thing.id}`,
      );
    case 'backtest':
      return command(
        'Backtests',
        {
          title: `${thing.formulaName} on ${thing.symbol} ${thing.timeframe}, ${formatAge(thing.queuedAt, Date.now())}`,
          icon: <FlaskConical />,
        },
        `/backtests/${thing.id}`,
      );
    case 'bot':
      return command(
        'Bots',
        { title: thing.name, icon: <Bot />, keywords: [thing.symbol, thing.status] },
        `/bots#${thing.id}`,
      );
    case 'market':
      return command(
        'Markets',
        { title: `${thing.symbol} ${thing.timeframe}`, icon: <ChartCandlestick />, keywords: [thing.name] },
        `/markets#${thing.id}`,
      );
  }
}
