'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { isHistoryText } from '#core/history/is-history-text.ts';
import { useTRPC, useTRPCClient } from '#trpc/client.ts';
import { importFile, MOST_FILES, type FileOutcome, type Send } from './import-files.ts';

export interface ImportedFile {
  readonly key: number;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly outcome: FileOutcome;
}

/** Files on their way in, one after the other, so that names are given in their order. */
export function useImports(): {
  readonly files: readonly ImportedFile[];
  add(files: readonly File[]): void;
  clear(): void;
} {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [files, setFiles] = useState<readonly ImportedFile[]>([]);
  const count = useRef(0);
  const queue = useRef(Promise.resolve());

  const add = useCallback(
    (chosen: readonly File[]) => {
      const entries = chosen.map((file, index) => ({
        file,
        key: (count.current += 1),
        isTooMany: index >= MOST_FILES,
      }));
      const set = (key: number, outcome: FileOutcome) =>
        setFiles((all) => all.map((entry) => (entry.key === key ? { ...entry, outcome } : entry)));
      setFiles((all) => [
        ...all,
        ...entries.map(({ file, key, isTooMany }) => ({
          key,
          name: file.name,
          size: file.size,
          outcome: isTooMany ? TOO_MANY : WAITING,
        })),
      ]);
      for (const { file, key, isTooMany } of entries) {
        if (isTooMany) continue;
        queue.current = queue.current.then(async () => {
          set(key, { state: 'sending' });
          const outcome = await importFile(file, (input) => send(client, input));
          set(key, outcome);
          if (outcome.state === 'imported') void queryClient.invalidateQueries(trpc.formula.list.queryFilter());
        });
      }
    },
    [client, queryClient, trpc],
  );
  const clear = useCallback(() => setFiles([]), []);
  return { files, add, clear };
}

/** A history comes in with its versions, any other file as one strategy. */
async function send(client: ReturnType<typeof useTRPCClient>, file: Parameters<Send>[0]): ReturnType<Send> {
  if (!isHistoryText(file.text)) return client.formula.import.mutate(file);
  const { id, name } = await client.history.import.mutate({ text: file.text });
  return { id, name, warnings: [] };
}

const WAITING: FileOutcome = { state: 'waiting' };
const TOO_MANY: FileOutcome = {
  state: 'refused',
  message: `Only ${MOST_FILES} files are taken at once.`,
  problems: [],
  problemCount: 0,
};
