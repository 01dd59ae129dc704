'use client';
import { createContext, use, useState } from 'react';

export interface AfterClose {
  /** Does `work` when the overlay has closed and has given the focus back: `work` may then move the focus. */
  readonly afterClose: (work: () => void) => void;
  /** For the overlay's content. */
  readonly onCloseAutoFocus: () => void;
}

/**
 * What is chosen in a menu or a dialog and moves the focus. Radix gives the focus back in a timer after the overlay has
 * left the page. A frame is no sign for that: on a busy machine the next frame comes before the timer, and Radix would
 * take the focus away again from where the work has put it.
 */
export function useAfterClose(): AfterClose {
  const [works] = useState<(() => void)[]>(() => []);
  return {
    afterClose: (work) => void works.push(work),
    // Radix moves the focus in the same task as this event, a microtask comes after both.
    onCloseAutoFocus: () => {
      for (const work of works.splice(0)) queueMicrotask(work);
    },
  };
}

const Context = createContext<AfterClose['afterClose'] | null>(null);

export const AfterCloseProvider = Context.Provider;

/** Of the menu around. */
export function useAfterMenu(): AfterClose['afterClose'] {
  const afterClose = use(Context);
  if (!afterClose) throw new Error('A menu item stands in a menu.');
  return afterClose;
}
