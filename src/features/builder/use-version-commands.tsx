'use client';
import { GitCommitVertical, Grid3x3, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { useDenial } from '#features/shell/index.ts';

interface VersionCommandsOptions {
  readonly onRun: () => void;
  readonly onSweep: () => void;
  readonly onSave: () => void;
}

/** What takes the strategy as it is now: to run it, or to keep it as a version. */
export function useVersionCommands({ onRun, onSweep, onSave }: VersionCommandsOptions): void {
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
          group: 'Formula',
          icon: <GitCommitVertical />,
          shortcut: 'mod+s',
          inTexts: 'always',
          when: () => canRun,
          run: onSave,
        },
      ],
      [canRun, onRun, onSweep, onSave],
    ),
  );
}
