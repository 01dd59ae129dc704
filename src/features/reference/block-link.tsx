'use client';
import type { ComponentProps, MouseEvent } from 'react';
import { pathOf } from './path.ts';
import { usePlace } from './place.tsx';

interface BlockLinkProps extends ComponentProps<'a'> {
  /** The block to open; all of them for null. */
  readonly name: string | null;
}

/** A link within the reference. Everything it leads to is here already, so that nothing is asked of the server. */
export function BlockLink({ name, ...rest }: BlockLinkProps) {
  const place = usePlace();
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    place.go(name);
  };
  return <a {...rest} href={pathOf(name)} onClick={onClick} />;
}
