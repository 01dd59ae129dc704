'use client';
import { ChevronDown, ChevronUp, Equal } from 'lucide-react';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Change } from '#core/diff/diff.ts';
import { nodesOfChange } from '#core/diff/overlay.ts';
import { SAME_IN_OTHER_WORDS } from '#core/diff/report/report.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { FormulaGraphProps } from '#features/graph/index.ts';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { Segmented } from '#ui/controls/segmented.tsx';
import { Switch } from '#ui/controls/switch.tsx';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { cx } from '#ui/format/cx.ts';
import { ChangeList } from './change-list.tsx';
import { changeOfNode } from './change-of-node.ts';
import { CodeView } from './code-view.tsx';
import { DiffCanvas, kindsOf } from './diff-canvas.tsx';
import { Legend } from './legend.tsx';
import { SideBySide } from './side-by-side.tsx';
import { useChangeKeys } from './use-change-keys.tsx';
import { useComparison, type Comparison } from './use-comparison.ts';

interface Titled {
  readonly title: string;
  readonly formula: Formula;
}

export interface DiffViewProps extends Pick<FormulaGraphProps, 'Mark'> {
  readonly before: Titled;
  readonly after: Titled;
  readonly selected?: string | null;
  readonly onSelect?: (key: string | null) => void;
  readonly linkOf?: (key: string) => string;
  readonly beside?: (change: Change, key: string) => ReactNode;
  readonly below?: (change: Change, key: string) => ReactNode;
  readonly belowStatement?: (statement: NodeId) => ReactNode;
  /** What stands at the end of the bar above. */
  readonly actions?: ReactNode;
  readonly hasKeys?: boolean;
  readonly className?: string;
}

type Face = 'canvas' | 'sides' | 'code';

const FACES = [
  { value: 'canvas', label: 'One canvas' },
  { value: 'sides', label: 'Side by side' },
  { value: 'code', label: 'Code' },
] as const;

const NO_NODES: readonly NodeId[] = [];

/** What differs between two formulas: in sentences, on the canvas and in code. Its props stand in `index.ts`. */
export function DiffView(props: DiffViewProps) {
  const { before, after, hasKeys = true, className } = props;
  const [own, setOwn] = useState<string | null>(null);
  const [hasMoves, setHasMoves] = useState(false);
  const [face, setFace] = useState<Face>('canvas');
  const [isLocked, setIsLocked] = useState(true);
  const chosen = props.selected === undefined ? own : props.selected;
  const comparison = useComparison(before.formula, after.formula, hasMoves || chosen === 'moved');
  const { shown, groups, movedCount, report } = comparison;
  const selected = chosen;
  const onSelect = props.onSelect ?? setOwn;
  const place = shown.findIndex(({ key }) => key === selected);
  const step = useCallback(
    (by: 1 | -1) => {
      const next = shown[place === -1 ? (by === 1 ? 0 : shown.length - 1) : (place + by + shown.length) % shown.length];
      if (next) onSelect(next.key);
    },
    [shown, place, onSelect],
  );
  useChangeKeys(hasKeys && shown.length > 0, step);
  if (report.changes.length === 0)
    return (
      <EmptyState icon={<Equal />} title="No changes">
        {before.title} and {after.title} say the same, statement by statement.
      </EmptyState>
    );
  return (
    <div className={cx('flex min-h-0 flex-col', className)}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2">
        <Segmented label="How to compare" value={face} onChange={setFace} options={FACES} />
        {movedCount > 0 ? (
          <Switch checked={hasMoves} onChange={setHasMoves} label={`Show ${movedCount} that only moved`} />
        ) : null}
        {face === 'sides' ? <Switch checked={isLocked} onChange={setIsLocked} label="Move both views" /> : null}
        <div className="ml-auto flex items-center gap-1">
          <span role="status" className="tabular mr-1 text-xs text-muted">
            {place === -1 ? changesInWords(shown.length) : `${place + 1} of ${shown.length}`}
          </span>
          <IconButton
            size="sm"
            label="Previous change"
            shortcut="p"
            onClick={() => step(-1)}
            disabled={shown.length === 0}
          >
            <ChevronUp />
          </IconButton>
          <IconButton size="sm" label="Next change" shortcut="n" onClick={() => step(1)} disabled={shown.length === 0}>
            <ChevronDown />
          </IconButton>
        </div>
        {props.actions ? <div className="flex items-center gap-2">{props.actions}</div> : null}
      </header>
      {report.isSameMeaning ? (
        <p role="status" className="flex items-start gap-2 border-b bg-good-soft px-4 py-2">
          <Equal className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
          {shown.length === 0 ? 'Only where nodes stand on the canvas differs.' : SAME_IN_OTHER_WORDS}
        </p>
      ) : null}
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <div className="w-88 shrink-0 overflow-auto border-r max-lg:max-h-64 max-lg:w-full max-lg:border-r-0 max-lg:border-b">
          <ChangeList
            groups={groups}
            selected={selected}
            onSelect={onSelect}
            {...(props.linkOf ? { linkOf: props.linkOf } : {})}
            {...(props.beside ? { beside: props.beside } : {})}
            {...(props.below ? { below: props.below } : {})}
          />
        </div>
        <Picture {...props} {...{ comparison, face, isLocked, selected, onSelect }} />
      </div>
    </div>
  );
}

const changesInWords = (count: number): string => (count === 1 ? '1 change' : `${count.toLocaleString('en')} changes`);

interface PictureProps extends Pick<DiffViewProps, 'before' | 'after' | 'belowStatement' | 'Mark'> {
  readonly comparison: Comparison;
  readonly face: Face;
  readonly isLocked: boolean;
  readonly selected: string | null;
  readonly onSelect: (key: string | null) => void;
}

/** The change that is looked at, where it stands. */
function Picture({
  before,
  after,
  belowStatement,
  Mark,
  comparison,
  face,
  isLocked,
  selected,
  onSelect,
}: PictureProps) {
  const { overlay, report, shown } = comparison;
  const looked = useMemo(() => {
    const found = shown.find(({ key }) => key === selected);
    return found ? nodesOfChange(found.change) : NO_NODES;
  }, [shown, selected]);
  const statement = useMemo(() => {
    const change = shown.find(({ key }) => key === selected)?.change;
    return change && 'id' in change ? change.id : null;
  }, [shown, selected]);
  const pick = useCallback(
    (node: NodeId) => {
      const key = changeOfNode(overlay.formula, shown, node);
      if (key !== null) onSelect(key);
    },
    [overlay, shown, onSelect],
  );
  const pickStatement = useCallback(
    (id: NodeId) => onSelect(shown.find(({ change }) => 'id' in change && change.id === id)?.key ?? null),
    [shown, onSelect],
  );
  const marked = Mark ? { Mark } : {};
  return (
    <div className="relative min-h-80 min-w-0 flex-1 bg-canvas">
      {face === 'canvas' ? (
        <DiffCanvas overlay={overlay} before={report.before} looked={looked} onPick={pick} {...marked}>
          <div className="absolute top-2 left-2 z-5 rounded-md border bg-surface/90 px-2.5 py-1.5">
            <Legend kinds={kindsOf(overlay)} />
          </div>
        </DiffCanvas>
      ) : null}
      {face === 'sides' ? (
        <SideBySide
          before={{ title: before.title, formula: report.before }}
          after={{ title: after.title, formula: report.after }}
          overlay={overlay}
          looked={looked}
          onPick={pick}
          isLocked={isLocked}
          {...marked}
        />
      ) : null}
      {face === 'code' ? (
        <CodeView
          rows={report.rows}
          statement={statement}
          onPick={pickStatement}
          {...(belowStatement ? { below: belowStatement } : {})}
        />
      ) : null}
    </div>
  );
}
