import type { ReactNode } from 'react';
import { Tooltip } from '../feedback/tooltip.tsx';
import { cx } from '../format/cx.ts';
import { Button, type ButtonProps } from './button.tsx';

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'asChild' | 'children'> {
  /** What it does: read to screen readers and shown as its tooltip. */
  readonly label: string;
  readonly shortcut?: string;
  readonly children: ReactNode;
}

export function IconButton({
  label,
  shortcut,
  look = 'quiet',
  size = 'md',
  className,
  denied,
  children,
  ...rest
}: IconButtonProps) {
  const square = size === 'sm' ? 'w-7 px-0!' : size === 'lg' ? 'w-10 px-0!' : 'w-8 px-0!';
  const button = (
    <Button {...rest} look={look} size={size} denied={denied} aria-label={label} className={cx(square, className)}>
      {children}
    </Button>
  );
  return denied === undefined ? (
    <Tooltip label={label} {...(shortcut ? { shortcut } : {})}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
