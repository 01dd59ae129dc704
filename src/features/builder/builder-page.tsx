'use client';
import { useQuery } from '@tanstack/react-query';
import { Expand } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useCommands, type Command } from '#commands/index.ts';
import { ArchivedNotice, FormulaImport } from '#features/formulas/index.ts';
import { GraphProvider } from '#features/graph/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { useTitle } from '#ui/hooks/use-title.ts';
import { ApplyInputs } from './apply-inputs.tsx';
import { AskedVersion } from './asked-version.tsx';
import { Canvas } from './canvas/index.ts';
import { BesidePopover, BuilderComments, RevealThread, useCommentCommands, useWhenWanted } from './comments/index.ts';
import { FollowFrame, FollowingProvider } from './follow/index.ts';
import { BringCommand, OpenFunctionProvider } from './functions/index.ts';
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
import { Panes } from './panes.tsx';
import { PreviewProvider } from './preview/index.ts';
import { ReferenceCommand } from './reference-command.tsx';
import { FormulaSessionProvider } from './session/provider.tsx';
import { useStatus } from './session/use-session.ts';
import { Side } from './side.tsx';
import { useNodeCommands } from './use-node-commands.tsx';
import { useVersionCommands } from './use-version-commands.tsx';
import { usePaneToggles, useWorkspace, WorkspaceProvider } from './workspace/index.ts';

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
  const { side } = useWorkspace().workspace;
  const toggle = usePaneToggles({ isOneOnNarrow: true });
  const [isWhole, setIsWhole] = useState(false);
  const toggleWhole = useCallback(() => setIsWhole((whole) => !whole), []);
  const openRun = useCallback(() => setDialog('run'), []);
  const openSweep = useCallback(() => setDialog('sweep'), []);
  const openSave = useCallback(() => setDialog('version'), []);
  const openImport = useCallback(() => setDialog('import'), []);
  const openReplace = useCallback(() => setDialog('replace'), []);
  useVersionCommands({ formulaId, onRun: openRun, onSweep: openSweep, onSave: openSave });
  useCommentCommands();
  useNodeCommands();
  useWhenWanted(() => {
    setIsWhole(false);
    if (!side) toggle.side();
  });
  useCommands(
    useMemo(
      (): readonly Command[] => [
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
      [isWhole, toggleWhole],
    ),
  );
  const close = (open: boolean) => {
    if (!open) setDialog(null);
  };
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
          onSweep={openSweep}
          onSaveVersion={openSave}
          onTogglePalette={toggle.palette}
          onToggleCode={toggle.side}
          onTogglePreview={toggle.preview}
          onImport={openImport}
          onReplace={openReplace}
          isCovered={isWhole}
        />
        {formula.data && formula.data.archivedAt !== null ? (
          <ArchivedNotice formula={{ ...formula.data, archivedAt: formula.data.archivedAt }} />
        ) : null}
        <DamagedCopy />
        <Guide onRun={openRun} />
        <BringCommand formulaId={formulaId} />
        <div className="relative flex min-h-0 flex-1">
          <Panes
            name="builder"
            canvas={
              <WholeScreen isWhole={isWhole} onLeave={toggleWhole}>
                <Canvas />
              </WholeScreen>
            }
            side={<Side formulaId={formulaId} />}
            onFoldPreview={toggle.preview}
            sizes={{ preview: '30%', side: '25%', sideOnNarrow: '60%', leastSide: '240px' }}
            isOneOnNarrow
          />
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
