'use client';
import { useIsMac } from '../hooks/use-is-mac.ts';

const ON_MAC: Readonly<Record<string, string>> = {
  mod: '⌘',
  shift: '⇧',
  alt: '⌥',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  delete: 'Del',
  backspace: '⌫',
};
const ELSEWHERE: Readonly<Record<string, string>> = { ...ON_MAC, mod: 'Ctrl', alt: 'Alt' };

/** A shortcut as keys: `mod+k` or, one after the other, `g f`. */
export function Kbd({ keys }: { readonly keys: string }) {
  const names = useIsMac() ? ON_MAC : ELSEWHERE;
  const shown = keys.split(/[+ ]/).map((key) => names[key] ?? key.toUpperCase());
  return (
    <kbd className="inline-flex gap-0.5 font-sans text-2xs text-muted">
      {shown.map((key, index) => (
        <span
          key={index}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-sunken px-1"
        >
          {key}
        </span>
      ))}
    </kbd>
  );
}
