'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { createEmitter } from '#core/emitter/emitter.ts';
import { useSession } from '#features/shell/index.ts';
import { keepHabits, readHabits, toggled, withUsed, type BlockHabits } from './kept-blocks.ts';

const changed = createEmitter<void>();
let last: { readonly userId: string; readonly habits: BlockHabits } | null = null;

function read(userId: string): BlockHabits {
  if (last?.userId !== userId) last = { userId, habits: readHabits(localStorage, userId) };
  return last.habits;
}

/** The blocks that this person uses, likes and hides. */
export function useBlockHabits() {
  const { user } = useSession();
  const get = useCallback(() => read(user.id), [user.id]);
  const habits = useSyncExternalStore(changed.subscribe, get, get);
  const set = useCallback(
    (next: BlockHabits) => {
      last = { userId: user.id, habits: next };
      keepHabits(localStorage, user.id, next);
      changed.emit();
    },
    [user.id],
  );
  return useMemo(
    () => ({
      habits,
      use: (name: string) => set(withUsed(read(user.id), name)),
      toggle: (list: 'favourites' | 'folded', name: string) => set(toggled(read(user.id), list, name)),
    }),
    [habits, set, user.id],
  );
}
