'use client';
import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import { cx } from '#ui/format/cx.ts';
import type { Merging } from './use-merging.ts';

/** One conflict: what both sides have made of a place, and which of the two it shall be. */
export function Conflict({ merging, place }: { readonly merging: Merging; readonly place: number }) {
  const id = useId();
  const { pair, merging: all, chosen } = merging;
  const theirs = all?.theirs[place];
  if (!all || !chosen || !theirs || !pair.data) return null;
  const ours = theirs.conflicts.flatMap((other) => all.changes[other]?.sentences ?? []);
  const choice = chosen.taken.has(place) ? 'theirs' : 'ours';
  const sides = [
    { value: 'ours', title: pair.data.into.name, sentences: ours },
    { value: 'theirs', title: pair.data.from.name, sentences: theirs.sentences },
  ] as const;
  return (
    <RadioGroup.Root
      aria-label={`Conflict: ${theirs.sentences[0] ?? ''}`}
      value={merging.isDecided(place) ? choice : ''}
      onValueChange={(value) => merging.take(place, value === 'theirs')}
      className="space-y-1"
    >
      {sides.map(({ value, title, sentences }) => (
        <div key={value} className="flex items-start gap-2">
          <RadioGroup.Item
            id={`${id}${value}`}
            value={value}
            className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-raised data-[state=checked]:border-accent"
          >
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </RadioGroup.Item>
          <label htmlFor={`${id}${value}`} className={cx('min-w-0 text-sm wrap-anywhere')}>
            <span className="block text-2xs text-faint">
              {value === 'ours' ? 'Keep' : 'Take'}, {title}
            </span>
            {sentences.map((sentence, at) => (
              <span key={`${at} ${sentence}`} className="block">
                {sentence}
              </span>
            ))}
          </label>
        </div>
      ))}
    </RadioGroup.Root>
  );
}
