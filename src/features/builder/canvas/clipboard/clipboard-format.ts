import { z } from 'zod';
import { readFrame, readNote } from '#core/formula/json/annotations.ts';
import { isPoints } from '#core/formula/json/bends.ts';
import type { Fragment } from './fragment.ts';

/** Under which copied nodes travel beside their code: with their places and their wires from outside. */
export const NODES_TYPE = 'application/x-alphaloom-nodes';

const scalar = z.union([z.number(), z.boolean(), z.string()]);
const arg = z.union([
  scalar,
  z.null(),
  z.array(scalar),
  z.strictObject({ from: z.string(), output: z.string().optional() }),
]);
const node = z.object({
  block: z.string(),
  name: z.string().optional(),
  comment: z.string().optional(),
  spaced: z.literal(true).optional(),
  muted: z.literal(true).optional(),
  args: z.record(z.string(), arg),
  words: z.record(z.string(), z.string()).optional(),
});
const point = z.object({ x: z.number(), y: z.number() });
const fragment = z.object({
  nodes: z.record(z.string(), node),
  layout: z.record(z.string(), point),
  outer: z.record(z.string(), z.object({ block: z.string(), name: z.string().optional() })),
  frames: z
    .record(
      z.string(),
      z.custom((frame) => readFrame(frame).ok),
    )
    .optional(),
  notes: z
    .record(
      z.string(),
      z.custom((note) => readNote(note).ok),
    )
    .optional(),
  bends: z
    .record(
      z.string(),
      z.custom((bends) => isPoints(bends)),
    )
    .optional(),
});

export const toClipboard = (nodes: Fragment): string => JSON.stringify(nodes);

/** Null of what no Alphaloom has copied. */
export function fromClipboard(text: string): Fragment | null {
  try {
    const read = fragment.safeParse(JSON.parse(text));
    return read.success ? (JSON.parse(text) as Fragment) : null;
  } catch {
    return null;
  }
}
