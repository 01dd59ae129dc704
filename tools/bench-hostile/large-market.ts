import { z } from 'zod';
import type { AttackedServer } from './attack.ts';

const BARS = 2_000_000;
const MINUTE = 60_000;
const LINES_A_PIECE = 20_000;

/** The largest market that may be imported, as CSV in pieces: bars of a minute, with a hole at every thousandth. */
export function* largeCsv(): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode('time,open,high,low,close,volume\n');
  let time = Date.UTC(2000, 0, 1);
  for (let bar = 0; bar < BARS; bar += LINES_A_PIECE) {
    let text = '';
    for (let line = 0; line < LINES_A_PIECE; line += 1) {
      time += (bar + line) % 1_000 === 999 ? 5 * MINUTE : MINUTE;
      text += `${new Date(time).toISOString()},10,11,9,10.5,100\n`;
    }
    yield encoder.encode(text);
  }
}

/** Imports such a market. Its id, or null when the server refused. */
export async function importLarge(
  { origin, cookie }: Pick<AttackedServer, 'origin' | 'cookie'>,
  symbol: string,
  signal: AbortSignal,
): Promise<string | null> {
  const pieces = largeCsv();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const given = {
    method: 'POST',
    body,
    duplex: 'half',
    signal,
    headers: { origin, cookie, 'content-type': 'text/csv' },
  };
  const response = await fetch(`${origin}/api/markets/import?symbol=${symbol}&name=Large`, given);
  const answer = z.object({ marketId: z.string() }).safeParse(await response.json());
  return answer.success ? answer.data.marketId : null;
}
