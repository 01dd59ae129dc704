import type { CsvProblem } from '#core/market/csv-problems.ts';
import type { ReadOptions } from '#core/market/read-csv.ts';
import type { Gaps } from './gap-notice.tsx';

export type ImportOutcome =
  | { readonly ok: true; readonly bars: number; readonly gaps: Gaps }
  | {
      readonly ok: false;
      readonly message: string;
      readonly problems: readonly CsvProblem[];
      readonly problemCount: number;
    };

interface Upload {
  readonly file: File;
  readonly symbol: string;
  readonly name: string;
  /** Null: as the server reads it off the bars. */
  readonly timeframe: string | null;
  readonly said: Pick<ReadOptions, 'times' | 'decimals'>;
  onProgress(fraction: number): void;
}

/** Sends a file of bars. XMLHttpRequest rather than fetch, since only it tells how much has been sent. */
export function uploadBars({ file, symbol, name, timeframe, said, onProgress }: Upload): Promise<ImportOutcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(
      'POST',
      `/api/markets/import?${new URLSearchParams({ symbol, name, ...(timeframe === null ? {} : { timeframe }), ...Object.fromEntries(Object.entries(said)) })}`,
    );
    request.setRequestHeader('content-type', 'text/csv');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) =>
      onProgress(event.total > 0 ? event.loaded / event.total : 0),
    );
    request.addEventListener('load', () => resolve(readAnswer(request.status, request.response)));
    request.addEventListener('error', () =>
      resolve({
        ok: false,
        message: 'Alphaloom cannot be reached. Nothing was imported; try again in a moment.',
        problems: [],
        problemCount: 0,
      }),
    );
    request.send(file);
  });
}

function readAnswer(status: number, answer: unknown): ImportOutcome {
  const body: Readonly<Record<string, unknown>> = typeof answer === 'object' && answer !== null ? { ...answer } : {};
  if (status === 200 && typeof body['bars'] === 'number')
    return { ok: true, bars: body['bars'], gaps: isGaps(body['gaps']) ? body['gaps'] : NO_GAPS };
  const problems = Array.isArray(body['problems']) ? body['problems'].filter(isProblem) : [];
  const message = typeof body['message'] === 'string' ? body['message'] : 'The file could not be imported.';
  return {
    ok: false,
    message,
    problems,
    problemCount: typeof body['problemCount'] === 'number' ? body['problemCount'] : problems.length,
  };
}

const NO_GAPS: Gaps = { count: 0, messages: [] };

const isGaps = (value: unknown): value is Gaps =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  typeof value.count === 'number' &&
  'messages' in value &&
  Array.isArray(value.messages) &&
  value.messages.every((message) => typeof message === 'string');

const isProblem = (value: unknown): value is CsvProblem =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  typeof value.count === 'number' &&
  'line' in value &&
  typeof value.line === 'number' &&
  'message' in value &&
  typeof value.message === 'string';
