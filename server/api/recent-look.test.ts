import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import type { Person } from '#server/policies/principal.ts';
import { createRecentLook } from './recent-look.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const PERSON: Person = {
  kind: 'person',
  userId: idOf('user', 'u'),
  name: 'N',
  email: 'e@test.example',
  orgId: idOf('organisation', 'o'),
  orgName: 'O',
  role: 'editor',
  sessionId: 's',
};

function counted(first: () => Promise<Person | null> = () => Promise.resolve(PERSON)) {
  const seen = { changes: 0, first: 0, again: 0 };
  let now: Person | null = PERSON;
  const look = createRecentLook({
    changes: () => seen.changes,
    first: () => {
      seen.first += 1;
      return first();
    },
    again: () => {
      seen.again += 1;
      return Promise.resolve(now);
    },
  });
  return { ...look, seen, become: (person: Person | null) => void (now = person) };
}

it('is shared by all who ask at once and soon after', async () => {
  const { recent, seen } = counted();
  await Promise.all([recent(), recent(), recent()]);
  await recent();
  expect(seen).toEqual({ changes: 0, first: 1, again: 0 });
});

it('is made again after a moment, by the session that was found', async () => {
  const { recent, seen, become } = counted();
  await recent();
  become(null);
  vi.advanceTimersByTime(1_000);
  expect(await recent()).toBeNull();
  expect(seen).toEqual({ changes: 0, first: 1, again: 1 });
});

it('is made again at once when the access of anybody has changed, while it is under way too', async () => {
  const { recent, seen, become } = counted();
  const [before] = [recent()];
  seen.changes += 1;
  become({ ...PERSON, role: 'viewer' });
  expect([(await before)?.role, (await recent())?.role]).toEqual(['editor', 'viewer']);
});

it('looks no more once nobody was found', async () => {
  const { recent, seen } = counted(() => Promise.resolve(null));
  expect(await recent()).toBeNull();
  vi.advanceTimersByTime(1_000);
  expect(await recent()).toBeNull();
  expect(seen).toEqual({ changes: 0, first: 1, again: 0 });
});

it('is made from the beginning after a failure', async () => {
  const { recent, seen } = counted(
    vi.fn<() => Promise<Person | null>>().mockRejectedValueOnce(new Error('away')).mockResolvedValue(PERSON),
  );
  await expect(recent()).rejects.toThrow('away');
  expect(await recent()).toEqual(PERSON);
  expect(seen).toEqual({ changes: 0, first: 2, again: 0 });
});
