export interface KeyPress {
  readonly key: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A key press as it is written in shortcuts: `mod+shift+k`, `?`, `g`. `mod` is ⌘ on a Mac, Ctrl elsewhere. */
export function nameOfPress(press: KeyPress): string {
  const key = press.key.toLowerCase();
  const mod = press.metaKey || press.ctrlKey ? 'mod+' : '';
  const alt = press.altKey ? 'alt+' : '';
  // Shift is part of a sign such as `?`, but not of a letter.
  const shift = press.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key)) ? 'shift+' : '';
  return `${mod}${alt}${shift}${key}`;
}

/** Whether the presses so far, newest last, end in `shortcut`. */
export function endsIn(presses: readonly string[], shortcut: string): boolean {
  const wanted = shortcut.split(' ');
  return (
    wanted.length <= presses.length &&
    wanted.every((key, index) => presses[presses.length - wanted.length + index] === key)
  );
}
