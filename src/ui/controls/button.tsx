import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '../feedback/tooltip.tsx';
import { cx } from '../format/cx.ts';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover shadow-raised',
  secondary: 'bg-raised text-ink border border-line-strong/70 hover:bg-hover shadow-raised',
  quiet: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-bad text-on-bad hover:brightness-110 shadow-raised',
} as const;

const SIZES = {
  sm: 'h-7 px-2.5 text-xs gap-1.5',
  md: 'h-8 px-3 text-sm gap-2',
  lg: 'h-10 px-4 text-base gap-2',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
  readonly size?: keyof typeof SIZES;
  /** Shows a spinner and takes no more clicks. */
  readonly busy?: boolean;
  /** Why it cannot be used; disables it and says so in a tooltip. */
  readonly denied?: string | undefined;
  readonly icon?: ReactNode;
  /** Renders its only child (a link) as the button. */
  readonly asChild?: boolean;
}

export function Button(props: ButtonProps) {
  const {
    look = 'secondary',
    size = 'md',
    busy = false,
    denied,
    icon,
    asChild = false,
    className,
    children,
    disabled,
    type = 'button',
    ...rest
  } = props;
  const Tag = asChild ? Slot.Root : 'button';
  const classes = cx(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors select-none',
    'disabled:opacity-50 aria-disabled:opacity-50 aria-disabled:cursor-not-allowed disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0',
    LOOKS[look],
    SIZES[size],
    className,
  );
  if (denied !== undefined) {
    // `aria-disabled` keeps it focusable, so that the reason can be read with the keyboard too.
    return (
      <Tooltip label={denied}>
        <button
          {...rest}
          data-look={look}
          type="button"
          aria-disabled
          onClick={(event) => event.preventDefault()}
          className={classes}
        >
          {icon}
          {children}
        </button>
      </Tooltip>
    );
  }
  const own = asChild ? {} : { type, disabled: (disabled ?? false) || busy, 'aria-busy': busy || undefined };
  return (
    <Tag {...rest} {...own} data-look={look} className={classes}>
      {asChild ? (
        children
      ) : (
        <>
          {busy ? <LoaderCircle className="animate-spin" aria-hidden /> : icon}
          {children}
        </>
      )}
    </Tag>
  );
}
