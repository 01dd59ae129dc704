import { setImmediate } from 'node:timers/promises';
import type { BarFile } from '#core/market/read-csv.ts';
import { eachPacked, type BarChunk } from '#server/db/bar-chunk.ts';

/** What a market's row and its chunks need to know of its bars. */
export interface PackedFile {
  readonly chunks: readonly BarChunk[];
  readonly barCount: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly hasVolume: boolean;
}

/** The bars of a file as they are stored; null when there is none. */
export function packFile(file: BarFile): PackedFile | null {
  const packing = pack(file);
  for (;;) {
    const step = packing.next();
    if (step.done) return step.value;
  }
}

/** The same for a large file: packs one chunk a turn, so that others get theirs. */
export async function packFileInTurns(file: BarFile): Promise<PackedFile | null> {
  const packing = pack(file);
  for (;;) {
    const step = packing.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function* pack(file: BarFile): Generator<void, PackedFile | null> {
  const [firstTime, lastTime] = [file.time[0], file.time[file.length - 1]];
  if (firstTime === undefined || lastTime === undefined) return null;
  const chunks: BarChunk[] = [];
  for (const chunk of eachPacked(file, file.length)) {
    chunks.push(chunk);
    yield;
  }
  return {
    chunks,
    barCount: file.length,
    firstTime,
    lastTime,
    hasVolume: file.hasVolume,
  };
}
