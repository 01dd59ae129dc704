import type { CopyChange, CopyStore, Row, StoredCopy } from './store.ts';

interface CopyRecord {
  readonly formulaId: string;
  readonly orgId: string;
  readonly epoch: number;
  readonly canEdit: boolean;
}

interface RowRecord extends Row {
  readonly formulaId: string;
  readonly epoch: number;
  readonly kind: 'committed' | 'own';
}

const COPIES = 'copies';
const ROWS = 'rows';

/** A database a person: on a shared computer nobody is shown what another has not saved. */
const nameOf = (userId: string): string => `alphaloom-${userId}`;

/** Arrays sort behind everything else in a key. */
const within = (...key: IDBValidKey[]): IDBKeyRange => IDBKeyRange.bound(key, [...key, []]);

/** Opens what this browser keeps for a person. Rejects where nothing is kept, as in some private windows. */
export async function openIndexedDbStore({
  userId,
  orgId,
}: {
  readonly userId: string;
  readonly orgId: string;
}): Promise<CopyStore> {
  const database = await open(userId);
  return {
    read: (formulaId) => readCopies(database, formulaId),
    write: (formulaId, changes) =>
      transact(database, (copies, rows, commit) => {
        changes.forEach((change) => apply(copies, rows, { formulaId, orgId }, change));
        // A tab that is closed in this moment takes what is not committed with it: nothing but `leave` asks on, so the
        // rest need not wait for answers.
        if (!changes.some(({ type }) => type === 'leave')) commit();
      }),
    remove: (formulaId) =>
      transact(database, (copies, rows) => [copies, rows].forEach((store) => store.delete(within(formulaId)))),
    close: () => database.close(),
  };
}

function open(userId: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(nameOf(userId), 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(COPIES, { keyPath: ['formulaId', 'epoch'] });
      request.result.createObjectStore(ROWS, { keyPath: ['formulaId', 'epoch', 'id'] });
    };
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
    request.onsuccess = () => {
      // The person signs out in another tab: this one must not hold up that all is forgotten.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

/** Resolves once what `work` has asked for is done. */
function transact(
  database: IDBDatabase,
  work: (copies: IDBObjectStore, rows: IDBObjectStore, commit: () => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([COPIES, ROWS], 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser did not keep it.'));
    work(transaction.objectStore(COPIES), transaction.objectStore(ROWS), () => transaction.commit());
  });
}

function apply(
  copies: IDBObjectStore,
  rows: IDBObjectStore,
  { formulaId, orgId }: { formulaId: string; orgId: string },
  change: CopyChange,
): void {
  const { epoch } = change;
  switch (change.type) {
    case 'access':
      return void copies.put({ formulaId, orgId, epoch, canEdit: change.canEdit } satisfies CopyRecord);
    case 'add':
      return void rows.put({ formulaId, epoch, kind: change.kind, ...change.row } satisfies RowRecord);
    case 'remove':
      return change.ids.forEach((id) => rows.delete([formulaId, epoch, id]));
    case 'leave': {
      const left: IDBRequest<RowRecord[]> = rows.getAll(within(formulaId, epoch));
      left.onsuccess = () => {
        if (left.result.some(({ kind }) => kind === 'own')) return;
        rows.delete(within(formulaId, epoch));
        copies.delete([formulaId, epoch]);
      };
    }
  }
}

async function readCopies(database: IDBDatabase, formulaId: string): Promise<StoredCopy[]> {
  let copies: IDBRequest<CopyRecord[]> | undefined;
  let rows: IDBRequest<RowRecord[]> | undefined;
  await transact(database, (copyStore, rowStore) => {
    copies = copyStore.getAll(within(formulaId));
    rows = rowStore.getAll(within(formulaId));
  });
  const all = rows?.result ?? [];
  const of = (epoch: number, wanted: RowRecord['kind']): Row[] =>
    all.filter((row) => row.epoch === epoch && row.kind === wanted).map(({ id, bytes }) => ({ id, bytes }));
  return (copies?.result ?? []).map(({ epoch, canEdit }) => ({
    epoch,
    canEdit,
    committed: of(epoch, 'committed'),
    own: of(epoch, 'own'),
  }));
}

/** How many changes of this person the server does not have, as far as this browser knows. */
export async function countUnsaved(userId: string): Promise<number> {
  const database = await open(userId);
  let rows: IDBRequest<RowRecord[]> | undefined;
  await transact(database, (_copies, rowStore) => {
    rows = rowStore.getAll();
  });
  database.close();
  return (rows?.result ?? []).filter(({ kind }) => kind === 'own').length;
}

/** Forgets what is kept of organisations to which the person does not belong any more. */
export async function keepOnlyOf(userId: string, orgIds: readonly string[]): Promise<void> {
  const database = await open(userId);
  await transact(database, (copies, rows) => {
    const all: IDBRequest<CopyRecord[]> = copies.getAll();
    all.onsuccess = () => {
      for (const { formulaId } of all.result.filter(({ orgId }) => !orgIds.includes(orgId)))
        [copies, rows].forEach((store) => store.delete(within(formulaId)));
    };
  });
  database.close();
}

/** Forgets everything that is kept for a person, also what is not saved. */
export function forgetAll(userId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(nameOf(userId));
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('The browser did not forget it.'));
  });
}
