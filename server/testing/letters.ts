import { idOf } from '#core/requests/ids.ts';
import { sendLetter } from '#server/use-cases/mail/send-letter.ts';
import type { TestApi } from './test-api.ts';

export interface FoundLetter {
  readonly kind: string;
  /** As it was posted. */
  readonly text: string;
  /** Of its link; empty where there is none. */
  readonly token: string;
  readonly code: string;
}

/** Lines of a letter are broken, and signs written as numbers, on their way. */
const decoded = (message: string): string =>
  message
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));

/** Sends what waits for an address, and reads it as its owner would, the newest first. */
export async function listOwed({ db, database, runtime }: TestApi, address: string): Promise<readonly FoundLetter[]> {
  const rows = await database.sql<
    { id: string; kind: string }[]
  >`select id, kind from letters where address = ${address} order by created_at desc, id`;
  const found: FoundLetter[] = [];
  for (const { id, kind } of rows) {
    const letterId = idOf('letter', id);
    await sendLetter({ db, now: new Date(), post: runtime.post, address: 'http://localhost:3000' }, letterId);
    const text = decoded((await runtime.post.read(letterId)) ?? '');
    const [, token = ''] = /http:\/\/localhost:3000\/[a-z-]+#([\w-]{43})/.exec(text) ?? [];
    const [, code = ''] = /type this code: (\d{6})/.exec(text) ?? [];
    found.push({ kind, text, token, code });
  }
  return found;
}
