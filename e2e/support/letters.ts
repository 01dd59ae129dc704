import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** Lines of a letter are broken, and signs written as numbers, on their way. */
const decoded = (message: string): string =>
  message
    .replaceAll('\r', '')
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));

/** The newest letter to an address with this title, as it lies in the server's folder; waits for it. */
export async function letterTo(address: string, title: string): Promise<{ link: string; code: string }> {
  const folder = join(process.env['DATA_OF_SERVER'] ?? '', 'mail');
  const find = async (): Promise<string | undefined> => {
    const names = (await readdir(folder).catch((): string[] => [])).toSorted().toReversed();
    for (const name of names.filter((one) => one.endsWith('.eml'))) {
      const text = decoded(await readFile(join(folder, name), 'utf8'));
      if (text.includes(`To: ${address}`) && text.includes(`\n${title}\n`)) return text;
    }
    return undefined;
  };
  let text: string | undefined;
  await expect(async () => {
    text = await find();
    expect(text, `a letter to ${address}: ${title}`).toBeDefined();
  }).toPass({ timeout: 30_000 });
  const [link = ''] = /http:\/\/localhost:\d+\/[a-z-]+#[\w-]{43}/.exec(text ?? '') ?? [];
  const [, code = ''] = /type this code: (\d{6})/.exec(text ?? '') ?? [];
  return { link, code };
}
