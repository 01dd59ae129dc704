import { createHash } from 'node:crypto';
import type { BarFile } from '#core/market/read-csv.ts';
import { packBars, type BarChunk } from '#server/db/bar-chunk.ts';

/** What a market's row and its chunks need to know of its bars. */
export interface PackedFile {
  readonly chunks: readonly BarChunk[];
  readonly barCount: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly hasVolume: boolean;
  readonly dataHash: string;
}

/** The bars of a file as they are stored; null when there is none. */
export function packFile(file: BarFile): PackedFile | null {
  const [firstTime, lastTime] = [file.time[0], file.time[file.length - 1]];
  if (firstTime === undefined || lastTime === undefined) return null;
  const chunks = packBars(file, file.length);
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk.columns);
  return { chunks, barCount: file.length, firstTime, lastTime, hasVolume: file.hasVolume, dataHash: hash.digest('hex') };
}
