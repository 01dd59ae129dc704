'use client';
import { GitCommitVertical, GitCompareArrows, Grid3x3, Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { useDenial } from '#features/shell/index.ts';

interface VersionCommandsOptions {
  readonly formulaId: string;
  readonly onRun: () => void;
  readonly onSweep: () => void;
  readonly onSave: () => void;
}

/** What takes the strategy as it is now (to run it, or to keep it as a version), and compares what was kept. */
export function useVersionCommands({ formulaId, onRun, onSweep, onSave }: VersionCommandsOptions): void {
  const router = useRouter();
  const canRun = useDenial('backtest.run') === undefined;
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'backtest.run',
          title: 'Run a backtest',
          group: 'Backtest',
          icon: <Play />,
          shortcut: 'mod+enter',
          inTexts: 'always',
          when: () => canRun,
          run: onRun,
        },
        {
          id: 'sweep.run',
          title: 'Sweep the inputs',
          group: 'Backtest',
          icon: <Grid3x3 />,
          shortcut: 'mod+shift+enter',
          inTexts: 'always',
          when: () => canRun,
          run: onSweep,
        },
        {
          id: 'version.save',
          title: 'Save a version',
          group: 'Strategy',
          icon: <GitCommitVertical />,
          shortcut: 'mod+s',
          inTexts: 'always',
          when: () => canRun,
          run: onSave,
        },
        {
          id: 'version.compare',
          title: 'Compare versions',
          group: 'Strategy',
          icon: <GitCompareArrows />,
          keywords: ['diff', 'difference', 'changes', 'what changed'],
          run: () => router.push(`/formulas/${formulaId}/compare`),
        },
      ],
      [canRun, formulaId, router, onRun, onSweep, onSave],
    ),
  );
}
