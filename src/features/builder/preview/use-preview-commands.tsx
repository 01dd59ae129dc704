'use client';
import { Activity, CircleHelp, LineChart } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { lineKeyOf } from '#features/rerun/index.ts';
import { useIsNarrow } from '#ui/hooks/use-is-narrow.ts';
import { useFormulaSession } from '../session/use-session.ts';
import { useWorkspace } from '../workspace/index.ts';
import { usePreview } from './provider.tsx';

/** What the preview offers to palette, keys and the menus of nodes: explanations, small pictures, lines on charts. */
export function usePreviewCommands(): void {
  const session = useFormulaSession();
  const store = usePreview()?.store;
  const {
    workspace: { plotted, sparks, preview, side },
    change,
  } = useWorkspace();
  const isNarrow = useIsNarrow();
  useCommands(
    useMemo((): readonly Command[] => {
      const selected = () => [...session.snapshot().selection];
      const isSelected = () => selected().length > 0;
      const keysOfSelected = () => selected().flatMap((id) => lineKeyOf(session.snapshot().formula, id) ?? []);
      return [
        {
          id: 'why.bar',
          title: 'Explain the bar: what was decided, and why',
          group: 'Backtest',
          menus: ['canvas', 'node'],
          icon: <CircleHelp />,
          shortcut: 'e',
          keywords: ['why', 'reason', 'signal', 'trade', 'debug', 'cause'],
          gesture: 'click a bar of the chart',
          when: () => store !== undefined && store !== null && store.state().result !== null,
          run: () => {
            if (!store) return;
            // On a telephone the code stands where the preview would.
            if (!preview || (isNarrow && side)) change({ preview: true, ...(isNarrow ? { side: false } : {}) });
            store.explain(store.state().story ? null : { kind: 'bar', bar: store.bar });
          },
        },
        {
          id: 'view.sparks-selection',
          title: 'Show or hide small pictures of the selection',
          group: 'View',
          menus: ['node'],
          icon: <Activity />,
          shortcut: 'k',
          keywords: ['sparkline', 'series', 'plot'],
          when: isSelected,
          run: () => {
            const ids = selected();
            const before = sparks === 'all' ? Object.keys(session.snapshot().formula.nodes) : sparks;
            const isOn = ids.every((id) => before.includes(id));
            change({ sparks: isOn ? before.filter((id) => !ids.includes(id)) : [...new Set([...before, ...ids])] });
          },
        },
        {
          id: 'view.sparks-all',
          title: 'Show or hide small pictures of all nodes',
          group: 'View',
          menus: ['canvas'],
          icon: <Activity />,
          shortcut: 'shift+k',
          keywords: ['sparkline', 'series', 'plot'],
          run: () => change({ sparks: sparks === 'all' ? [] : 'all' }),
        },
        {
          id: 'view.plot',
          title: 'Draw on charts, or draw no longer',
          group: 'View',
          menus: ['node'],
          icon: <LineChart />,
          shortcut: 'd',
          keywords: ['plot', 'line', 'overlay', 'indicator', 'chart'],
          when: () => keysOfSelected().length > 0,
          run: () => {
            const keys = keysOfSelected();
            const isOn = keys.every((key) => plotted.includes(key));
            change({
              plotted: isOn ? plotted.filter((key) => !keys.includes(key)) : [...new Set([...plotted, ...keys])],
            });
          },
        },
      ];
    }, [session, store, plotted, sparks, preview, side, isNarrow, change]),
  );
}
