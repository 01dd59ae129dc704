'use client';
import { useQuery } from '@tanstack/react-query';
import { ChartCandlestick, Code, Expand, GitCommitVertical, Grid3x3, PanelLeft, Play } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { ArchivedNotice, FormulaImport } from '#features/formulas/index.ts';
import { GraphProvider } from '#features/graph/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { useIsNarrow } from '#ui/hooks/use-is-narrow.ts';
import { useTitle } from '#ui/hooks/use-title.ts';
import { Split, SplitHandle, SplitPane } from '#ui/layout/split.tsx';
import { AddFromPalette } from './add-from-palette.tsx';
import { ApplyInputs } from './apply-inputs.tsx';
import { AskedVersion } from './asked-version.tsx';
import { Canvas } from './canvas/index.ts';
import { BesidePopover, BuilderComments, RevealThread, useCommentCommands, useWhenWanted } from './comments/index.ts';
import { FollowFrame, FollowingProvider } from './follow/index.ts';
import { OpenFunctionProvider } from './functions/index.ts';
import { Guide } from './guide/guide.tsx';
import { BuilderSweepDialog } from './panels/builder-sweep-dialog.tsx';
import { ClosedFormula, isClosed } from './panels/closed-formula.tsx';
import { DamagedCopy } from './panels/damaged-copy.tsx';
import { DamagedFormula } from './panels/damaged-formula.tsx';
import { LastRun } from './panels/last-run.tsx';
import { LostNodes } from './panels/lost-nodes.tsx';
import { ReplaceDialog } from './panels/replace-dialog.tsx';
import { RunDialog } from './panels/run-dialog.tsx';
import { SaveVersionDialog } from './panels/save-version-dialog.tsx';
import { Toolbar } from './panels/toolbar.tsx';
import { WholeScreen } from './panels/whole-screen.tsx';
import { PreviewDock, PreviewProvider } from './preview/index.ts';
import { ReferenceCommand } from './reference-command.tsx';
import { FormulaSessionProvider } from './session/provider.tsx';
import { useStatus } from './session/use-session.ts';
import { Side } from './side.tsx';
import { useNodeCommands } from './use-node-commands.tsx';
import { useWorkspace, WorkspaceProvider } from './workspace/index.ts';

export function BuilderPage({ formulaId }: { readonly formulaId: string }) {
  return (
    <FormulaSessionProvider key={formulaId} formulaId={formulaId} fallback={<Skeleton className="m-4 h-[80vh]" />}>
      <WorkspaceProvider formulaId={formulaId}>
        <OpenFormula formulaId={formulaId} />
      </WorkspaceProvider>
    </FormulaSessionProvider>
  );
}

/** Changes that the server has not taken stay in sight, whatever became of the person's access. */
function OpenFormula({ formulaId }: { readonly formulaId: string }) {
  const { refusal, connection, unsaved } = useStatus();
  if (refusal?.code === 'UNREADABLE' && connection === 'offline') return <DamagedFormula formulaId={formulaId} />;
  if (refusal && connection === 'offline' && unsaved === 0 && isClosed(refusal.code))
    return <ClosedFormula {...refusal} />;
  return (
    <GraphProvider>
      <PreviewProvider>
        <BuilderComments formulaId={formulaId}>
          <FollowingProvider>
            <OpenFunctionProvider>
              <Builder formulaId={formulaId} />
            </OpenFunctionProvider>
          </FollowingProvider>
        </BuilderComments>
      </PreviewProvider>
    </GraphProvider>
  );
}

type Dialog = 'run' | 'sweep' | 'version' | 'import' | 'replace' | null;

function Builder({ formulaId }: { readonly formulaId: string }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const trpc = useTRPC();
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  useTitle(formula.data?.name);
  const { workspace, change } = useWorkspace();
  const { palette, side, preview } = workspace;
  const togglePalette = useCallback(() => change({ palette: !palette }), [change, palette]);
  const toggleSide = useCallback(() => change({ side: !side }), [change, side]);
  const [isWhole, setIsWhole] = useState(false);
  const toggleWhole = useCallback(() => setIsWhole((whole) => !whole), []);
  const isNarrow = useIsNarrow();
  // On a telephone code and preview have one place.
  const hasPreview = preview && !(isNarrow && side);
  const togglePreview = useCallback(
    () => change(hasPreview ? { preview: false } : { preview: true, ...(isNarrow ? { side: false } : {}) }),
    [change, hasPreview, isNarrow],
  );
  const canRun = useDenial('backtest.run') === undefined;
  useCommentCommands();
  useNodeCommands();
  useWhenWanted(() => {
    setIsWhole(false);
    if (!side) toggleSide();
  });
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
          run: () => setDialog('run'),
        },
        {
          id: 'sweep.run',
          title: 'Sweep the inputs',
          group: 'Backtest',
          icon: <Grid3x3 />,
          shortcut: 'mod+shift+enter',
          inTexts: 'always',
          when: () => canRun,
          run: () => setDialog('sweep'),
        },
        {
          id: 'version.save',
          title: 'Save a version',
          group: 'Strategy',
          icon: <GitCommitVertical />,
          shortcut: 'mod+s',
          inTexts: 'always',
          when: () => canRun,
          run: () => setDialog('version'),
        },
        {
          id: 'view.palette',
          title: 'Show or hide the blocks',
          group: 'View',
          icon: <PanelLeft />,
          shortcut: 'b',
          run: togglePalette,
        },
        {
          id: 'view.preview',
          title: 'Show or hide the preview',
          group: 'View',
          icon: <ChartCandlestick />,
          shortcut: 'mod+shift+p',
          inTexts: 'always',
          run: togglePreview,
        },
        {
          id: 'view.code',
          title: 'Show or hide code and details',
          group: 'View',
          icon: <Code />,
          shortcut: 'mod+j',
          inTexts: 'always',
          run: toggleSide,
        },
        {
          id: 'view.whole',
          title: isWhole ? 'Leave the whole screen' : 'Give the canvas the whole screen',
          group: 'View',
          icon: <Expand />,
          shortcut: 'f',
          keywords: ['full', 'screen', 'maximise', 'zen'],
          run: toggleWhole,
        },
      ],
      [canRun, isWhole, togglePalette, togglePreview, toggleSide, toggleWhole],
    ),
  );
  const close = (open: boolean) => {
    if (!open) setDialog(null);
  };
  const openRun = useCallback(() => setDialog('run'), []);
  const openImport = useCallback(() => setDialog('import'), []);
  const openReplace = useCallback(() => setDialog('replace'), []);
  return (
    <>
      <FormulaImport
        open={dialog === 'import'}
        onOpenChange={(open) => setDialog(open ? 'import' : null)}
        className="flex h-full flex-col"
      >
        <Toolbar
          formulaId={formulaId}
          onRun={openRun}
          onSweep={() => setDialog('sweep')}
          onSaveVersion={() => setDialog('version')}
          onTogglePalette={togglePalette}
          onToggleCode={toggleSide}
          onTogglePreview={togglePreview}
          onImport={openImport}
          onReplace={openReplace}
          isCovered={isWhole}
        />
        {formula.data && formula.data.archivedAt !== null ? (
          <ArchivedNotice formula={{ ...formula.data, archivedAt: formula.data.archivedAt }} />
        ) : null}
        <DamagedCopy />
        <Guide onRun={openRun} />
        <div className="relative flex min-h-0 flex-1">
          {palette ? (
            <div className="w-52 shrink-0 border-r max-lg:hidden">
              <AddFromPalette />
            </div>
          ) : null}
          <Split
            key={String(isNarrow)}
            id={isNarrow ? 'builder-narrow' : 'builder'}
            direction={isNarrow ? 'vertical' : 'horizontal'}
            className="min-w-0 flex-1"
          >
            <SplitPane id="canvas" minSize="25%">
              <div className="flex h-full flex-col">
                <Split id="builder-middle" direction="vertical" className="min-h-0 flex-1">
                  <SplitPane id="graph" minSize="20%">
                    <WholeScreen isWhole={isWhole} onLeave={toggleWhole}>
                      <Canvas />
                    </WholeScreen>
                  </SplitPane>
                  {hasPreview ? <SplitHandle label="Height of the preview" /> : null}
                  {hasPreview ? (
                    <SplitPane id="preview" defaultSize="30%" minSize="120px">
                      <PreviewDock isFolded={false} onFold={togglePreview} />
                    </SplitPane>
                  ) : null}
                </Split>
                {preview || isNarrow ? null : <PreviewDock isFolded onFold={togglePreview} />}
              </div>
            </SplitPane>
            {side ? <SplitHandle label="Width of code and details" /> : null}
            {side ? (
              <SplitPane id="side" defaultSize={isNarrow ? '60%' : '25%'} minSize="240px">
                <Side formulaId={formulaId} />
              </SplitPane>
            ) : null}
          </Split>
          <FollowFrame />
        </div>
        <LastRun formulaId={formulaId} />
        <LostNodes />
        <ReferenceCommand />
        <BesidePopover />
        <RevealThread />
        <RunDialog formulaId={formulaId} open={dialog === 'run'} onOpenChange={close} />
        <BuilderSweepDialog formulaId={formulaId} open={dialog === 'sweep'} onOpenChange={close} />
        <ApplyInputs />
        <AskedVersion formulaId={formulaId} />
        <SaveVersionDialog formulaId={formulaId} open={dialog === 'version'} onOpenChange={close} />
      </FormulaImport>
      {/* Beside the import, not in it: a file that is dropped here replaces. */}
      <ReplaceDialog open={dialog === 'replace'} onOpenChange={close} />
    </>
  );
}
