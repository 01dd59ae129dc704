import { readFile } from 'node:fs/promises';
import type { Download, Locator } from '@playwright/test';

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Drags files from outside of the browser over an element and lets go, as a file manager does. */
export async function dropFiles(target: Locator, files: readonly TextFile[]): Promise<void> {
  const dataTransfer = await target.page().evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, text } of dropped) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  for (const event of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(event, { dataTransfer });
}

export const textOf = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8');

/** For an input of files. */
export const upload = ({ name, text }: TextFile) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
