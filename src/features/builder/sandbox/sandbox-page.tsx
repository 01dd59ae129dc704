'use client';
import { Code, PanelLeft, Redo2, RotateCcw, Search, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { CommandSheets, PANE_COMMANDS, useCommands, useCommandSheets, type Found } from '#commands/index.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { GraphProvider } from '#features/graph/index.ts';
import { StrangerSession } from '#features/shell/index.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { Problem } from '#ui/feedback/problem.tsx';
import { Logo } from '#ui/layout/logo.tsx';
import { Canvas } from '../canvas/index.ts';
import { CodeAndDetails } from '../code-and-details.tsx';
import { NoBuilderComments } from '../comments/index.ts';
import { FollowingProvider } from '../follow/index.ts';
import { OpenFunctionProvider } from '../functions/index.ts';
import { Panes } from '../panes.tsx';
import { PreviewProvider } from '../preview/index.ts';
import { ProblemList } from '../problems/problem-list.tsx';
import { useFormulaSession, useSnapshot } from '../session/use-session.ts';
import { usePaneToggles, WorkspaceProvider } from '../workspace/index.ts';
import { loadExampleMarket, type ExampleMarket } from './example-market.ts';
import { firstStrategy } from './first-strategy.ts';
import { forgetSandbox } from './kept-sandbox.ts';
import { SandboxSession } from './sandbox-session.tsx';

/** The builder for people without an account: their own strategy, run in their browser on prices of everybody's. */
export function SandboxPage() {
  const [prices, setPrices] = useState<ExampleMarket | 'failed' | null>(null);
  useEffect(() => {
    loadExampleMarket().then(setPrices, () => setPrices('failed'));
  }, []);
  if (prices === 'failed')
    return (
      <Problem
        title="The example prices did not arrive"
        className="m-4"
        action={<Button onClick={() => location.reload()}>Try again</Button>}
      >
        Check your connection.
      </Problem>
    );
  if (prices === null) return null;
  return (
    <StrangerSession>
      <SandboxSession>
        <WorkspaceProvider formulaId="sandbox">
          <GraphProvider>
            <PreviewProvider given={prices}>
              <NoBuilderComments>
                <FollowingProvider>
                  <OpenFunctionProvider>
                    <Sandbox />
                  </OpenFunctionProvider>
                </FollowingProvider>
              </NoBuilderComments>
            </PreviewProvider>
          </GraphProvider>
        </WorkspaceProvider>
      </SandboxSession>
    </StrangerSession>
  );
}

/** Without an account there is nothing but what is on the page. */
const NOTHING: Found = { things: [], isFinding: false, problem: null };
const useNothing = (): Found => NOTHING;

function Sandbox() {
  const sheets = useCommandSheets();
  useCommands(PANE_COMMANDS);
  const toggle = usePaneToggles();
  return (
    <div className="flex h-dvh flex-col">
      <SandboxBar onSearch={sheets.openPalette} onTogglePalette={toggle.palette} onToggleCode={toggle.side} />
      <main className="flex min-h-0 flex-1">
        <h1 className="sr-only">Try a strategy</h1>
        <Panes
          name="sandbox"
          canvas={<Canvas />}
          side={<Side />}
          onFoldPreview={toggle.preview}
          sizes={{ preview: '45%', side: '30%', sideOnNarrow: '28%', previewOnNarrow: '58%', leastSide: '160px' }}
        />
      </main>
      <CommandSheets state={sheets} useFound={useNothing} />
    </div>
  );
}

interface SandboxBarProps {
  readonly onSearch: () => void;
  readonly onTogglePalette: () => void;
  readonly onToggleCode: () => void;
}

function SandboxBar({ onSearch, onTogglePalette, onToggleCode }: SandboxBarProps) {
  const session = useFormulaSession();
  const canUndo = useSnapshot((snapshot) => snapshot.canUndo);
  const canRedo = useSnapshot((snapshot) => snapshot.canRedo);
  const beginAnew = () => {
    session.edit(editsBetween(session.snapshot().formula, firstStrategy()));
    forgetSandbox(localStorage);
  };
  return (
    <header data-pane className="flex h-12 shrink-0 items-center gap-1 border-b bg-surface px-3">
      <Link href="/" className="mr-2 rounded-sm">
        <Logo />
      </Link>
      <span className="max-md:hidden">
        <Badge>No account: all of this is kept in this browser alone</Badge>
      </span>
      <span className="flex-1" />
      <IconButton label="Commands" shortcut="mod+k" onClick={onSearch}>
        <Search />
      </IconButton>
      <IconButton label="Undo" shortcut="mod+z" disabled={!canUndo} onClick={() => session.undo()}>
        <Undo2 />
      </IconButton>
      <IconButton label="Redo" shortcut="mod+shift+z" disabled={!canRedo} onClick={() => session.redo()}>
        <Redo2 />
      </IconButton>
      <IconButton label="Begin anew with the example" onClick={beginAnew}>
        <RotateCcw />
      </IconButton>
      <span className="max-lg:hidden">
        <IconButton label="Blocks" shortcut="b" onClick={onTogglePalette}>
          <PanelLeft />
        </IconButton>
      </span>
      <IconButton label="Code and details" shortcut="mod+j" onClick={onToggleCode}>
        <Code />
      </IconButton>
      <Button look="quiet" className="max-md:hidden" asChild>
        <Link href="/sign-in">Sign in</Link>
      </Button>
      <Button look="primary" asChild>
        <Link href="/register">
          Keep it <span className="-ml-1 max-md:sr-only">in an account</span>
        </Link>
      </Button>
    </header>
  );
}

type View = 'node' | 'outline' | 'problems';

function Side() {
  const [view, setView] = useState<View>('node');
  const count = useSnapshot(({ checked }) => checked.diagnostics.length);
  return (
    <CodeAndDetails<View>
      id="sandbox-side"
      view={view}
      onView={setView}
      tabs={[{ value: 'problems', label: 'Problems', count, content: <ProblemList /> }]}
    />
  );
}
