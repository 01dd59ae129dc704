'use client';
import { useEffect, type RefObject } from 'react';

const CONTROLS = 'a[href], button:not(:disabled), input:not(:disabled), [data-control]';

/**
 * Makes a list one stop of Tab: within it the arrows go from item to item and, sideways, through the controls of an
 * item; Home and End go to its ends. `items` selects the items; what an item itself does on Enter stays.
 */
export function useOneTabStop(list: RefObject<HTMLElement | null>, items: string): void {
  useEffect(() => {
    const root = list.current;
    if (!root) return;
    let last: Element | null = null;
    const all = (): readonly Element[] =>
      [...root.querySelectorAll(items)].filter((item) => controlsOf(item).length > 0);
    const settle = (): void => {
      const found = all();
      const current = found.find((item) => item === last) ?? found[0];
      for (const item of found)
        controlsOf(item).forEach((control, index) => {
          const wanted = item === current && index === 0 ? '0' : '-1';
          if (control.getAttribute('tabindex') !== wanted) control.setAttribute('tabindex', wanted);
        });
    };
    const onFocus = ({ target }: FocusEvent): void => {
      const item = target instanceof Element ? target.closest(items) : null;
      if (!item || item === last || !root.contains(item)) return;
      last = item;
      settle();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const { activeElement } = document;
      const item = activeElement?.closest(items);
      if (!activeElement || !item || !root.contains(item) || isText(activeElement)) return;
      const next = neighbour(event.key, { found: all(), item, control: activeElement });
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: 'nearest' });
    };
    settle();
    const observer = new MutationObserver(settle);
    observer.observe(root, { childList: true, subtree: true });
    root.addEventListener('focusin', onFocus);
    root.addEventListener('keydown', onKeyDown);
    return () => {
      observer.disconnect();
      root.removeEventListener('focusin', onFocus);
      root.removeEventListener('keydown', onKeyDown);
    };
  }, [list, items]);
}

const isText = (element: Element): boolean => element.matches('input:not([type="checkbox"]), textarea, select');

/** The item itself, where it can be chosen, before what is in it. */
const controlsOf = (item: Element): readonly HTMLElement[] =>
  [...(item.matches(CONTROLS) ? [item] : []), ...item.querySelectorAll(CONTROLS)].filter(
    (control) => control instanceof HTMLElement,
  );

interface Place {
  readonly found: readonly Element[];
  readonly item: Element;
  readonly control: Element;
}

function neighbour(key: string, { found, item, control }: Place): HTMLElement | undefined {
  const at = found.indexOf(item);
  const own = controlsOf(item);
  const among = own.findIndex((each) => each === control);
  const firstOf = (index: number): HTMLElement | undefined => {
    const other = found[index];
    return other && controlsOf(other)[0];
  };
  switch (key) {
    case 'ArrowDown':
      return firstOf(at + 1);
    case 'ArrowUp':
      return firstOf(at - 1);
    case 'Home':
      return firstOf(0);
    case 'End':
      return firstOf(found.length - 1);
    case 'ArrowRight':
      return own[among + 1];
    case 'ArrowLeft':
      return own[among - 1];
    default:
      return undefined;
  }
}
