'use client';
import { useEffect } from 'react';
import { isTyping } from '#ui/browser/is-typing.ts';
import type { Registry } from './registry.ts';
import { endsIn, nameOfPress } from './shortcut.ts';
import { keysOf } from './twice-bound.ts';

/** How long the first key of `g f` waits for the second. */
const PATIENCE = 900;

const lengthOf = (keys: string): number => keys.split(' ').length;

/** Runs commands by their keys. Plain keys rest while somebody types or a dialog is open. */
export function useShortcuts(registry: Registry): void {
  useEffect(() => {
    let presses: { readonly name: string; readonly at: number }[] = [];
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return;
      const name = nameOfPress(event);
      const held = name.startsWith('mod+') || name.startsWith('alt+');
      if (!held && (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"]'))) return;
      presses = [...presses.filter(({ at }) => event.timeStamp - at < PATIENCE), { name, at: event.timeStamp }].slice(
        -3,
      );
      const names = presses.map((press) => press.name);
      const pressed = registry
        .list()
        .filter((command) => !command.isLocal && !(command.isTexts && isTyping(event.target)))
        .flatMap((command) => {
          const keys = keysOf(command).filter((each) => endsIn(names, each));
          return keys.length === 0 ? [] : [{ command, length: Math.max(...keys.map(lengthOf)) }];
        })
        .filter(({ command }) => command.when?.() ?? true)
        // `g f` is not `f`.
        .toSorted((a, b) => b.length - a.length);
      const command = pressed[0]?.command;
      if (!command) return;
      event.preventDefault();
      presses = [];
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [registry]);
}
