import type { ReactNode } from 'react';

/** What is offered unasked, and what is found by name alone. */
export type CommandGroup =
  | 'Go to'
  | 'Create'
  | 'Strategy'
  | 'Code'
  | 'Pointer'
  | 'Backtest'
  | 'View'
  | 'Account'
  | 'Nodes'
  | 'Strategies'
  | 'Versions'
  | 'Backtests'
  | 'Bots'
  | 'Markets';

/** What a context menu is about. */
export type MenuPlace = 'canvas' | 'node' | 'wire' | 'port' | 'frame' | 'note' | 'code';

/** A context menu that is open: what it is about, and where on the screen. */
export interface OpenMenu {
  readonly place: MenuPlace;
  readonly x: number;
  readonly y: number;
}

/** Something people can do, wherever they start it from: palette, menu, key or help. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  readonly icon?: ReactNode;
  /** `mod+k`, or keys one after the other: `g f`. */
  readonly shortcut?: string;
  /** The same by other habits, such as Ctrl+Y. */
  readonly otherShortcuts?: readonly string[];
  /**
   * Whether the key also works while somebody is in a text: only for keys that no text knows. `untyped`: in a field of
   * one value, as long as nothing is typed there, where an undo can only mean the last value. Left out, the key rests
   * in texts.
   */
  readonly inTexts?: 'always' | 'untyped';
  /** Whether a key that is held runs the command again and again. */
  readonly repeats?: true;
  /** A part of the page listens for the key while it has the focus: elsewhere the key is only shown. */
  readonly isLocal?: true;
  /** How the pointer does the same, in words for the help. */
  readonly gesture?: string;
  /** The context menus that offer it. */
  readonly menus?: readonly MenuPlace[];
  /** Of few things of a kind alone: where it cannot be done, menus leave it out. */
  readonly isRare?: true;
  /** Whether it takes something away. */
  readonly isDanger?: true;
  /** Other words people may look for. */
  readonly keywords?: readonly string[];
  /** Whether it can be done now; always, when left out. */
  readonly when?: () => boolean;
  readonly run: () => void;
}
