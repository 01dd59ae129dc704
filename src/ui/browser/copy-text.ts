/**
 * Puts a text, or one that is still on its way, on the clipboard; false where the browser refuses. A text on its way is
 * handed over as a promise, since Safari forgets the click that allows it while the text is awaited.
 */
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  try {
    if (typeof text === 'string') await navigator.clipboard.writeText(text);
    else
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/plain': text.then((plain) => new Blob([plain], { type: 'text/plain' })) }),
      ]);
    return true;
  } catch {
    return false;
  }
}
