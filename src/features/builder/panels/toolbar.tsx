'use client';
import { useQuery } from '@tanstack/react-query';
import {
  ArrowLeft,
  ChartCandlestick,
  Code,
  FileInput,
  FileUp,
  GitBranch,
  GitCommitVertical,
  Grid3x3,
  PanelLeft,
  Play,
  Redo2,
  Undo2,
  Upload,
} from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useEffect, useState } from 'react';
import { contentHash } from '#core/formula/language/hash.ts';
import { FormulaMenu } from '#features/formulas/index.ts';
import { AskReviewDialog, BuilderReview, ReviewMenuItem } from '#features/reviews/index.ts';
import { useDenial } from '#features/shell/index.ts';
import { useTRPC } from '#trpc/client.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Badge } from '#ui/feedback/badge.tsx';
import { useIsNarrow } from '#ui/hooks/use-is-narrow.ts';
import { useIsNetworkUp } from '#ui/hooks/use-network.ts';
import { MenuItem, MenuSeparator } from '#ui/overlays/menu.tsx';
import { useCanEdit, useFormula, useFormulaSession, useSnapshot } from '../session/use-session.ts';
import { useExport, useFileCommands } from '../use-file-commands.tsx';
import { PeopleHere } from './people-here.tsx';
import { SaveState } from './save-state.tsx';
import { ShareButton } from './share-button.tsx';

/** Apart, so that the toolbar is not drawn at every edit. What the draft amounts to is read when people rest. */
function ReviewOfDraft({ formulaId, offline }: { readonly formulaId: string; readonly offline: string | undefined }) {
  const formula = useDeferredValue(useFormula());
  const [hash, setHash] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setHash(contentHash(formula)), REST_MS);
    return () => clearTimeout(timer);
  }, [formula]);
  return <BuilderReview formulaId={formulaId} contentHash={hash} offline={offline} />;
}

const REST_MS = 300;

interface ToolbarProps {
  readonly formulaId: string;
  readonly onRun: () => void;
  readonly onSweep: () => void;
  readonly onSaveVersion: () => void;
  readonly onTogglePalette: () => void;
  readonly onToggleCode: () => void;
  readonly onTogglePreview: () => void;
  readonly onImport: () => void;
  readonly onReplace: () => void;
  /** Whether something lies over the toolbar that says itself whether the work is saved. */
  readonly isCovered: boolean;
}

export function Toolbar({
  formulaId,
  onRun,
  onSweep,
  onSaveVersion,
  onTogglePalette,
  onToggleCode,
  onTogglePreview,
  onImport,
  onReplace,
  isCovered,
}: ToolbarProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const session = useFormulaSession();
  const isNarrow = useIsNarrow();
  const canUndo = useSnapshot((snapshot) => snapshot.canUndo);
  const canRedo = useSnapshot((snapshot) => snapshot.canRedo);
  const canEdit = useCanEdit();
  const [isAsking, setAsking] = useState(false);
  const formula = useQuery(trpc.formula.get.queryOptions({ id: formulaId }));
  const name = formula.data?.name ?? 'formula';
  const load = useExport(name);
  useFileCommands({ name, canEdit, onImport, onReplace });
  const offline = useIsNetworkUp() ? undefined : 'You’re offline: this needs the server.';
  const [cannotSave, cannotRun] = [useDenial('version.create') ?? offline, useDenial('backtest.run') ?? offline];
  return (
    <header data-pane className="flex h-12 shrink-0 items-center gap-1 border-b bg-surface px-2">
      <Button look="quiet" className="w-8 px-0!" asChild>
        <Link href="/formulas" aria-label="All strategies">
          <ArrowLeft />
        </Link>
      </Button>
      <h1 className="min-w-0 truncate font-semibold">{formula.data?.name ?? '…'}</h1>
      {formula.data?.branchOf ? (
        <Link
          href={`/formulas/${formulaId}/history`}
          title={`A branch of ${formula.data.branchOf.name}, version ${formula.data.branchOf.versionNumber}`}
          className="inline-flex min-w-0 items-center gap-1 text-xs text-muted hover:text-ink max-md:hidden"
        >
          <GitBranch className="size-3.5 shrink-0" aria-hidden />
          <span className="sr-only">A branch of </span>
          <span className="truncate">{formula.data.branchOf.name}</span>
        </Link>
      ) : null}
      {formula.data ? (
        <FormulaMenu formula={formula.data} isArchived={formula.data.archivedAt !== null} load={load}>
          {isNarrow ? (
            <>
              <MenuItem icon={<Undo2 />} disabled={!canEdit || !canUndo} onSelect={() => session.undo()}>
                Undo
              </MenuItem>
              <MenuItem icon={<Redo2 />} disabled={!canEdit || !canRedo} onSelect={() => session.redo()}>
                Redo
              </MenuItem>
              <MenuItem icon={<GitCommitVertical />} onSelect={onSaveVersion}>
                Save version…
              </MenuItem>
              <ReviewMenuItem formulaId={formulaId} offline={offline} onAsk={() => setAsking(true)} />
              <MenuItem icon={<Grid3x3 />} onSelect={onSweep}>
                Sweep…
              </MenuItem>
              <MenuSeparator />
            </>
          ) : null}
          <MenuItem icon={<Upload />} onSelect={() => router.push(`/formulas/${formulaId}/publications`)}>
            Publications…
          </MenuItem>
          <MenuItem icon={<FileInput />} onSelect={onReplace}>
            Replace with a file…
          </MenuItem>
          <MenuItem icon={<FileUp />} onSelect={onImport}>
            Import strategies…
          </MenuItem>
          <MenuSeparator />
        </FormulaMenu>
      ) : null}
      {formula.data?.published ? (
        <Link
          href={`/formulas/${formulaId}/publications`}
          className="max-md:hidden"
          title="What is published, and since when"
        >
          <Badge tone="good">published v{formula.data.published.number}</Badge>
        </Link>
      ) : null}
      {isCovered ? null : <SaveState />}
      <span className="flex-1" />
      <PeopleHere />
      <ShareButton path={`/formulas/${formulaId}`} />
      <span className="mx-1 h-5 w-px bg-line max-md:hidden" />
      <span className="flex max-md:hidden">
        <IconButton label="Undo" shortcut="mod+z" disabled={!canEdit || !canUndo} onClick={() => session.undo()}>
          <Undo2 />
        </IconButton>
        <IconButton label="Redo" shortcut="mod+shift+z" disabled={!canEdit || !canRedo} onClick={() => session.redo()}>
          <Redo2 />
        </IconButton>
        <IconButton label="Blocks" shortcut="b" onClick={onTogglePalette}>
          <PanelLeft />
        </IconButton>
      </span>
      <IconButton label="Preview" shortcut="mod+shift+p" onClick={onTogglePreview}>
        <ChartCandlestick />
      </IconButton>
      <IconButton label="Code and details" shortcut="mod+j" onClick={onToggleCode}>
        <Code />
      </IconButton>
      <span className="flex gap-1 max-md:hidden">
        <Button icon={<GitCommitVertical />} denied={cannotSave} onClick={onSaveVersion}>
          Save version
        </Button>
        <ReviewOfDraft formulaId={formulaId} offline={offline} />
        <Button icon={<Grid3x3 />} denied={cannotRun} onClick={onSweep}>
          <span className="max-lg:sr-only">Sweep</span>
        </Button>
      </span>
      <Button look="primary" icon={<Play />} denied={cannotRun} onClick={onRun}>
        <span className="max-md:sr-only">Run backtest</span>
      </Button>
      {isAsking ? <AskReviewDialog formulaId={formulaId} open onOpenChange={setAsking} /> : null}
    </header>
  );
}
