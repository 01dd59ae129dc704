import { z } from 'zod';
import type { Said } from './file-questions.tsx';
import { readRefusal, sendFile, type FileRefusal } from './send-file.ts';

const counts = { appended: z.number(), agreeing: z.number(), doubts: z.array(z.string()) };

const correction = z.object({
  /** Named back to the server by whoever wants exactly this correction. */
  seen: z.string(),
  changed: z.number(),
  added: z.number(),
  from: z.number(),
  to: z.number(),
  largest: z
    .object({
      time: z.number(),
      column: z.string(),
      known: z.number().nullable(),
      given: z.number().nullable(),
      /** JSON has no infinity. */
      by: z.number().nullable(),
    })
    .nullable(),
});

const taken = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('asked'), correction: correction.nullable(), ...counts }),
  z.object({ kind: z.literal('taken'), changed: z.number(), added: z.number(), ...counts }),
]);

export type Correction = z.infer<typeof correction>;
export type AddOutcome = z.infer<typeof taken> | ({ readonly kind: 'refused' } & FileRefusal);

interface Addition {
  readonly file: File;
  readonly marketId: string;
  readonly said: Said;
  /** Of the correction that somebody has seen and wants. */
  readonly seen: string | null;
  /** Whether somebody has read what is odd about the bars, and wants them. */
  readonly anyway: boolean;
  onProgress(fraction: number): void;
}

/** Adds the bars of a file to a market. */
export async function addBars({ file, marketId, said, seen, anyway, onProgress }: Addition): Promise<AddOutcome> {
  const asked = new URLSearchParams({
    marketId,
    ...(seen === null ? {} : { seen }),
    ...(anyway ? { anyway: 'true' } : {}),
    ...Object.fromEntries(Object.entries(said)),
  });
  const sent = await sendFile(`/api/markets/add-bars?${asked}`, file, onProgress);
  if (!sent)
    return {
      kind: 'refused',
      message:
        'Alphaloom cannot be reached. Whether the bars were added is not known: try again in a moment, bars that are there are left out.',
      problems: [],
      problemCount: 0,
    };
  const read = taken.safeParse(sent.answer);
  if (sent.status === 200 && read.success) return read.data;
  const body: Readonly<Record<string, unknown>> =
    typeof sent.answer === 'object' && sent.answer !== null ? { ...sent.answer } : {};
  return { kind: 'refused', ...readRefusal(body, 'The bars could not be added.') };
}
