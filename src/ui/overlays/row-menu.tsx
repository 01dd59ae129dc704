'use client';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { MenuAt } from './menu-at.tsx';

interface RowMenuProps {
  readonly label: string;
  /** Items of a menu. */
  readonly children: ReactNode;
}

/**
 * What can be done with a row of a table, opened by the second button anywhere in the row, or by the key of menus. It
 * stands in a cell of the row.
 */
export function RowMenu({ label, children }: RowMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  useEffect(() => {
    const row = anchor.current?.closest('tr');
    if (!row) return;
    const open = (event: MouseEvent): void => {
      if (event.shiftKey) return;
      event.preventDefault();
      const { x, y } = row.getBoundingClientRect();
      const isByKey = event.clientX === 0 && event.clientY === 0;
      setAt(isByKey ? { x: x + 24, y: y + 24 } : { x: event.clientX, y: event.clientY });
    };
    row.addEventListener('contextmenu', open);
    return () => row.removeEventListener('contextmenu', open);
  }, []);
  return (
    <>
      <span ref={anchor} hidden />
      {at ? (
        <MenuAt at={at} label={label} onClose={() => setAt(null)}>
          {children}
        </MenuAt>
      ) : null}
    </>
  );
}
