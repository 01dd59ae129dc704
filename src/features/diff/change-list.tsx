'use client';
import { Link2 } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { describeChange } from '#core/diff/describe.ts';
import type { Change } from '#core/diff/diff.ts';
import { EFFECT_TITLES } from '#core/diff/report/report.ts';
import { CHANGE_SIGNS } from '#features/graph/index.ts';
import { copyText } from '#ui/browser/copy-text.ts';
import { Button } from '#ui/controls/button.tsx';
import { IconButton } from '#ui/controls/icon-button.tsx';
import { toast } from '#ui/feedback/toaster.tsx';
import { cx } from '#ui/format/cx.ts';
import { useOneTabStop } from '#ui/hooks/use-one-tab-stop.ts';
import { INK } from './legend.tsx';
import { markOf } from './mark-of.ts';
import type { ChangeGroup } from './use-comparison.ts';

/** Sentences that stand in the page at first; with more, drawing takes longer than reading. */
const MOST_LISTED = 200;

export interface ChangeListProps {
  readonly groups: readonly ChangeGroup[];
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly linkOf?: (key: string) => string;
  readonly beside?: (change: Change, key: string) => ReactNode;
  readonly below?: (change: Change, key: string) => ReactNode;
}

/** The changes as sentences, by what they have an effect on. */
export function ChangeList({ groups, selected, onSelect, ...parts }: ChangeListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [isWhole, setIsWhole] = useState(false);
  useOneTabStop(list, '[data-change-item]');
  const count = groups.reduce((sum, { changes }) => sum + changes.length, 0);
  const listed = isWhole || count <= MOST_LISTED ? groups : firstOf(groups, selected);
  useEffect(() => {
    if (selected !== null) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <div ref={list}>
      {listed.map(({ effect, changes }) => (
        <section key={effect} aria-label={EFFECT_TITLES[effect]} className="pt-3 pb-1">
          <h3 className="px-4 text-xs font-semibold text-faint">{EFFECT_TITLES[effect]}</h3>
          <ul>
            {changes.map(({ key, change }) => (
              <li key={key} data-change-item>
                <Sentence
                  change={change}
                  id={key}
                  isSelected={key === selected}
                  onSelect={() => onSelect(key)}
                  {...parts}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {listed === groups ? null : (
        <Button size="sm" look="quiet" className="mx-3 my-2" onClick={() => setIsWhole(true)}>
          Show all {count.toLocaleString('en')} changes
        </Button>
      )}
    </div>
  );
}

interface SentenceProps extends Pick<ChangeListProps, 'linkOf' | 'beside' | 'below'> {
  readonly change: Change;
  readonly id: string;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Sentence({ change, id, isSelected, onSelect, linkOf, beside, below }: SentenceProps) {
  const mark = markOf(change);
  const copy = async (): Promise<void> => {
    if (linkOf && (await copyText(linkOf(id)))) toast.success('Link to this change copied');
    else toast.error('The link could not be copied', { description: 'The browser did not allow it.' });
  };
  return (
    <>
      <div
        className={cx('group/change flex items-start gap-1 pr-2 hover:bg-hover', isSelected && 'bg-accent-soft')}
        data-selected={isSelected}
      >
        <button
          type="button"
          aria-current={isSelected}
          onClick={onSelect}
          className="flex min-w-0 flex-1 items-baseline gap-2 py-1.5 pl-4 text-left -outline-offset-2"
        >
          <span aria-hidden className={cx('w-3 shrink-0 text-center font-semibold', INK[mark])}>
            {CHANGE_SIGNS[mark]}
          </span>
          <span className="min-w-0 font-mono text-xs wrap-anywhere">{describeChange(change)}</span>
        </button>
        {linkOf ? (
          <IconButton
            size="sm"
            label="Copy a link to this change"
            className={cx(
              'opacity-0 group-hover/change:opacity-100 focus-visible:opacity-100',
              isSelected && 'opacity-100',
            )}
            onClick={() => void copy()}
          >
            <Link2 />
          </IconButton>
        ) : null}
        {beside?.(change, id)}
      </div>
      {below?.(change, id)}
    </>
  );
}

/** The first changes, and the one that is looked at wherever it stands. */
function firstOf(groups: readonly ChangeGroup[], selected: string | null): readonly ChangeGroup[] {
  let left = MOST_LISTED;
  return groups.flatMap(({ effect, changes }) => {
    const listed = changes.filter(({ key }, index) => index < left || key === selected);
    left = Math.max(0, left - changes.length);
    return listed.length === 0 ? [] : [{ effect, changes: listed }];
  });
}
