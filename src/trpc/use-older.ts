'use client';
import { useState } from 'react';
import { toast } from '#ui/feedback/toaster.tsx';
import { explainError } from './explain-error.ts';
import { joinOlder } from './join-older.ts';

interface PageOfRows<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

/** Rows that were asked for with a limit: a shorter page is the last. */
export const pageOf = <Row>(rows: readonly Row[], limit: number): PageOfRows<Row> => ({
  rows,
  hasMore: rows.length >= limit,
});

interface OlderOptions<Row> {
  /** What the list is of: another list begins with its first page. */
  readonly of: string;
  /** Whether there are rows behind the first page. */
  readonly hasMore: boolean;
  /** The page behind a row. */
  readonly fetch: (last: Row) => Promise<PageOfRows<Row>>;
  /** Above zero when `a` stands behind `b` in the list. */
  readonly compare: (a: Row, b: Row) => number;
}

export interface Older<Row> {
  readonly rows: readonly Row[] | undefined;
  /** Fetches the next page; null when there is none. */
  readonly showOlder: (() => void) | null;
  readonly isLoading: boolean;
  /** Changes what is known of older rows. */
  readonly change: (changed: (row: Row) => Row) => void;
}

interface State<Row> {
  readonly of: string;
  /** The first page to which `older` was joined. */
  readonly first: readonly Row[] | undefined;
  readonly older: readonly Row[];
  readonly isLoading: boolean;
  readonly isAll: boolean;
}

/**
 * A list in pages: `first` is the newest page, kept fresh by events; older ones come behind it when somebody asks for
 * them, and stay as they came.
 */
export function useOlder<Row extends { readonly id: string }>(
  first: readonly Row[] | undefined,
  { of, hasMore, fetch, compare }: OlderOptions<Row>,
): Older<Row> {
  const [kept, setKept] = useState<State<Row>>(() => beginning(of, first));
  const state = kept.of === of ? withFirst(kept, first, compare) : beginning(of, first);
  if (state !== kept) setKept(state);
  /** Unless another list is shown by then. */
  const update = (change: (state: State<Row>) => Partial<State<Row>>): void =>
    setKept((now) => (now.of === of ? { ...now, ...change(now) } : now));

  const rows = first && state.older.length > 0 ? [...first, ...state.older] : first;
  const last = rows?.at(-1);
  const showOlder = async (behind: Row): Promise<void> => {
    update(() => ({ isLoading: true }));
    try {
      const more = await fetch(behind);
      update(({ first: newest = [], older }) => ({
        older: joinOlder(newest, [...older, ...more.rows], compare),
        isAll: !more.hasMore,
      }));
    } catch (error) {
      const { title, advice } = explainError(error);
      toast.error(title, { description: advice });
    } finally {
      update(() => ({ isLoading: false }));
    }
  };
  return {
    rows,
    showOlder: hasMore && !state.isAll && last ? () => void showOlder(last) : null,
    isLoading: state.isLoading,
    change: (changed) => update(({ older }) => ({ older: older.map(changed) })),
  };
}

const beginning = <Row>(of: string, first: readonly Row[] | undefined): State<Row> => ({
  of,
  first,
  older: [],
  isLoading: false,
  isAll: false,
});

/** What new rows push out of the first page is older now. */
function withFirst<Row extends { readonly id: string }>(
  state: State<Row>,
  first: readonly Row[] | undefined,
  compare: (a: Row, b: Row) => number,
): State<Row> {
  if (first === state.first || first === undefined) return state;
  const older = state.older.length === 0 ? [] : joinOlder(first, [...(state.first ?? []), ...state.older], compare);
  return { ...state, first, older };
}
