/** Gives the browser a text to save under this name. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the text by the time the event loop comes round.
  setTimeout(() => URL.revokeObjectURL(url));
}
