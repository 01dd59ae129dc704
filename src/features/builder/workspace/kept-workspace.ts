import type { View } from '#collab/presence.ts';
import { settingsFrom, type Settings } from '#core/engine/outcome/settings.ts';
import type { NodeId } from '#core/formula/model/formula.ts';

/** How a person has set the builder up for a formula: what is open, and what they look at. */
export interface Workspace {
  readonly palette: boolean;
  /** Code and details. */
  readonly side: boolean;
  readonly preview: boolean;
  /** The market of the preview; null for the first that there is. */
  readonly market: string | null;
  /** What the preview is made with; null: as the last run in this browser. */
  readonly settings: Settings | null;
  /** Days such as `2020-01-31`, both included; empty: all that there are. */
  readonly from: string;
  readonly to: string;
  /** The lines that are drawn on charts, by the names or expressions of their nodes. */
  readonly plotted: readonly string[];
  /** The nodes that show a small picture of their series. */
  readonly sparks: 'all' | readonly NodeId[];
  /** What of the canvas was in sight; null until the person has moved it. */
  readonly view: View | null;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'workspace:';
/** The workspaces of more formulas than this are forgotten, the oldest first. */
export const MOST_KEPT = 60;

/** Whose workspace it is. */
interface WorkspaceKey {
  readonly userId: string;
  readonly formulaId: string;
}

const keyOf = ({ userId, formulaId }: WorkspaceKey): string => `${PREFIX}${userId}/${formulaId}`;

/**
 * As it is before somebody has chosen: what leaves a graph of fifteen nodes room to be read in a window of this size.
 */
export const firstWorkspace = ({ width, height }: { readonly width: number; readonly height: number }): Workspace => ({
  palette: width >= 1700,
  side: width >= 1400 || width < 768,
  preview: height >= 800,
  market: null,
  settings: null,
  from: '',
  to: '',
  plotted: [],
  sparks: [],
  view: null,
});

/** What was kept, each part of it checked: anybody can write into a browser's storage. */
export function readWorkspace(store: Store, key: WorkspaceKey, first: Workspace): Workspace {
  const kept = parsed(store.getItem(keyOf(key)));
  const flag = (name: 'palette' | 'side' | 'preview'): boolean => {
    const value = kept[name];
    return typeof value === 'boolean' ? value : first[name];
  };
  return {
    palette: flag('palette'),
    side: flag('side'),
    preview: flag('preview'),
    market: typeof kept['market'] === 'string' ? kept['market'] : first.market,
    settings: typeof kept['settings'] === 'object' && kept['settings'] !== null ? settingsFrom(kept['settings']) : null,
    from: toDay(kept['from']),
    to: toDay(kept['to']),
    plotted: texts(kept['plotted']),
    sparks: kept['sparks'] === 'all' ? 'all' : texts(kept['sparks']),
    view: toView(kept['view']),
  };
}

/**
 * Keeps what was changed, so that what nobody has chosen goes on following the window. Full or forbidden storage keeps
 * nothing.
 */
export function keepWorkspace(store: Store, key: WorkspaceKey, change: Partial<Workspace>, now: number): void {
  try {
    const before = parsed(store.getItem(keyOf(key)));
    store.setItem(keyOf(key), JSON.stringify({ ...before, ...change, at: now }));
    forgetOldest(store);
  } catch {
    // The workspace is a comfort: the builder works without.
  }
}

function forgetOldest(store: Store): void {
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((key) =>
    key.startsWith(PREFIX),
  );
  if (keys.length <= MOST_KEPT) return;
  const ages = keys.map((key) => ({ key, at: Number(parsed(store.getItem(key))['at'] ?? 0) }));
  ages.sort((a, b) => b.at - a.at);
  for (const { key } of ages.slice(MOST_KEPT)) store.removeItem(key);
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const toDay = (value: unknown): string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';

/** More than these are no choice of a person's. */
const MOST_TEXTS = 200;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === 'string').slice(0, MOST_TEXTS) : [];

function toView(value: unknown): View | null {
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, zoom }: { x?: unknown; y?: unknown; zoom?: unknown } = value;
  return typeof x === 'number' && typeof y === 'number' && typeof zoom === 'number' && zoom > 0 && zoom < 10
    ? { x, y, zoom }
    : null;
}
