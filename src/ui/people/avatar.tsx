'use client';
import { cx } from '../format/cx.ts';
import { usePersonColor } from './person-colors.tsx';

const initials = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
};

const SIZES = { sm: 'size-5 text-[9px]', md: 'size-6 text-[10px]', lg: 'size-8 text-xs' } as const;

export interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly size?: keyof typeof SIZES;
  readonly className?: string;
}

/** A person's initials on the colour that is theirs everywhere: cursors, selections, comments. */
export function Avatar({ id, name, size = 'md', className }: AvatarProps) {
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      style={{ backgroundColor: usePersonColor(id) }}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold text-surface select-none',
        SIZES[size],
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
