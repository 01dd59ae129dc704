/**
 * Keeps something in a browser's storage. A storage that is full or closed keeps nobody from writing: then it lasts as
 * long as the window.
 */
export function keepItem(storage: Pick<Storage, 'setItem'>, key: string, value: string): void {
  try {
    storage.setItem(key, value);
  } catch {
    // Nothing to be done about it, and nothing is lost yet.
  }
}
