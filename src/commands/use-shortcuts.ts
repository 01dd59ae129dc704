'use client';
import { useEffect } from 'react';
import { isTyping } from '#ui/browser/is-typing.ts';
import type { Registry } from './registry.ts';
import { commandFor, nameOfPress, type KeyPlace } from './shortcut.ts';

/** How long the first key of `g f` waits for the second. */
const PATIENCE = 900;

/** Presses by which no text is typed: with Ctrl or Alt, and F1 to F12. */
const TYPES_NOTHING = /^(mod\+|alt\+|(shift\+)?f\d)/;

const placeOf = (event: KeyboardEvent): KeyPlace => {
  const isUntyped = event.target instanceof Element && event.target.closest('[data-untyped]') !== null;
  const inText = isUntyped ? 'untyped' : 'text';
  return {
    target: isTyping(event.target) ? inText : 'page',
    isCovered: document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null,
    isRepeated: event.repeat,
  };
};

/**
 * Runs commands by their keys. Keys rest while somebody types, but for those that no text knows, and while a dialog or
 * a menu is open.
 */
export function useShortcuts(registry: Registry): void {
  useEffect(() => {
    let presses: { readonly name: string; readonly at: number }[] = [];
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key))
        return;
      const { key, code, metaKey, ctrlKey, altKey, shiftKey } = event;
      const hasAltGraph = event.getModifierState('AltGraph');
      const name = nameOfPress({ key, code, metaKey, ctrlKey, altKey, shiftKey, hasAltGraph });
      const place = placeOf(event);
      // What is typed into a text is no beginning of `g f`.
      if (place.target !== 'page' && !TYPES_NOTHING.test(name)) presses = [];
      else if (!event.repeat)
        presses = [...presses.filter(({ at }) => event.timeStamp - at < PATIENCE), { name, at: event.timeStamp }].slice(
          -3,
        );
      const names = event.repeat ? [name] : presses.map((press) => press.name);
      const command = commandFor(registry.list(), names, place);
      if (!command) return;
      event.preventDefault();
      presses = [];
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
}
