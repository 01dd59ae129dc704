import type { Command } from './command.ts';
import { keysOf } from './twice-bound.ts';

export interface KeyPress {
  readonly key: string;
  /** The place of the key, as on an American keyboard: `KeyZ`. */
  readonly code: string;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** Whether AltGr is held, which types a sign and tells the browser of Ctrl and Alt. */
  readonly hasAltGraph: boolean;
}

/** A key press as it is written in shortcuts: `mod+shift+k`, `?`, `g`. `mod` is ⌘ on a Mac, Ctrl elsewhere. */
export function nameOfPress(press: KeyPress): string {
  const key = keyOf(press);
  const isHeld = !press.hasAltGraph;
  const mod = isHeld && (press.metaKey || press.ctrlKey) ? 'mod+' : '';
  const alt = isHeld && press.altKey ? 'alt+' : '';
  // Shift is part of a sign such as `?`, but not of a letter.
  const shift = press.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key)) ? 'shift+' : '';
  return `${mod}${alt}${shift}${key}`;
}

/**
 * The letter that the layout gives, where it is a letter of shortcuts; else that of the key's place: я on a Russian
 * keyboard stands where Z does, and Option+A is å on a Mac.
 */
function keyOf({ key, code, altKey, hasAltGraph }: KeyPress): string {
  const lower = key.toLowerCase();
  const isSign = lower.length === 1 && lower <= '~';
  const isLetter = /^[a-z0-9]$/.test(lower);
  const [, place] = /^(?:Key|Digit)([A-Z0-9])$/.exec(code) ?? [];
  const hasNone = altKey && !hasAltGraph ? !isLetter && lower.length === 1 : lower.length === 1 && !isSign;
  return place !== undefined && (hasNone || lower === 'dead') && (altKey || code.startsWith('Key'))
    ? place.toLowerCase()
    : lower;
}

/** Whether the presses so far, newest last, end in `shortcut`. */
export function endsIn(presses: readonly string[], shortcut: string): boolean {
  const wanted = shortcut.split(' ');
  return (
    wanted.length <= presses.length &&
    wanted.every((key, index) => presses[presses.length - wanted.length + index] === key)
  );
}

/** Where a key is pressed. */
export interface KeyPlace {
  /** `text`: something is typed there; `untyped`: a field of one value in which nothing is typed yet. */
  readonly target: 'page' | 'text' | 'untyped';
  /** Whether a dialog or a menu is open: every key is about what is in there. */
  readonly isCovered: boolean;
  /** Whether the key is held and comes again. */
  readonly isRepeated: boolean;
}

/** The command that the presses so far, newest last, ask for at that place. */
export function commandFor(
  commands: readonly Command[],
  presses: readonly string[],
  { target, isCovered, isRepeated }: KeyPlace,
): Command | undefined {
  if (isCovered) return undefined;
  const found = commands
    .filter(
      ({ isLocal, inTexts, repeats }) =>
        !isLocal &&
        (!isRepeated || repeats === true) &&
        (target === 'page' || inTexts === 'always' || (target === 'untyped' && inTexts === 'untyped')),
    )
    .flatMap((command) => {
      const keys = keysOf(command).filter((each) => endsIn(presses, each));
      return keys.length === 0 ? [] : [{ command, length: Math.max(...keys.map(lengthOf)) }];
    })
    .filter(({ command }) => command.when?.() ?? true);
  // `g f` is not `f`.
  return found.toSorted((a, b) => b.length - a.length)[0]?.command;
}

const lengthOf = (keys: string): number => keys.split(' ').length;
