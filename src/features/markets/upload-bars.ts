import type { ReadOptions } from '#core/market/read-csv.ts';
import type { Gaps } from './gap-notice.tsx';
import { readRefusal, sendFile, type FileRefusal } from './send-file.ts';

export type ImportOutcome =
  | { readonly ok: true; readonly marketId: string; readonly bars: number; readonly gaps: Gaps }
  | ({ readonly ok: false } & FileRefusal);

interface Upload {
  readonly file: File;
  readonly symbol: string;
  readonly name: string;
  /** Null: as the server reads it off the bars. */
  readonly timeframe: string | null;
  readonly said: Pick<ReadOptions, 'times' | 'decimals'>;
  onProgress(fraction: number): void;
}

/** Imports a file of bars as a market. */
export async function uploadBars({ file, symbol, name, timeframe, said, onProgress }: Upload): Promise<ImportOutcome> {
  const asked = new URLSearchParams({
    symbol,
    name,
    ...(timeframe === null ? {} : { timeframe }),
    ...Object.fromEntries(Object.entries(said)),
  });
  const sent = await sendFile(`/api/markets/import?${asked}`, file, onProgress);
  return sent ? readAnswer(sent.status, sent.answer) : UNREACHED;
}

function readAnswer(status: number, answer: unknown): ImportOutcome {
  const body: Readonly<Record<string, unknown>> = typeof answer === 'object' && answer !== null ? { ...answer } : {};
  if (status === 200 && typeof body['bars'] === 'number')
    return {
      ok: true,
      marketId: String(body['marketId']),
      bars: body['bars'],
      gaps: isGaps(body['gaps']) ? body['gaps'] : NO_GAPS,
    };
  return { ok: false, ...readRefusal(body, 'The file could not be imported.') };
}

const UNREACHED = {
  ok: false,
  message: 'Alphaloom cannot be reached. Nothing was imported; try again in a moment.',
  problems: [],
  problemCount: 0,
} as const;

const NO_GAPS: Gaps = { count: 0, messages: [] };

const isGaps = (value: unknown): value is Gaps =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  typeof value.count === 'number' &&
  'messages' in value &&
  Array.isArray(value.messages) &&
  value.messages.every((message) => typeof message === 'string');
