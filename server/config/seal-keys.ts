/** A key that seals secrets in the database, by the name that each sealed secret carries. */
export interface SealKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export class SealKeyError extends Error {}

/** Reads entries like `2026a:<32 bytes in base64>`. Throws `SealKeyError`. */
export function readSealKeys(entries: readonly string[]): readonly SealKey[] {
  const keys = entries.map((entry): SealKey => {
    const [id = '', text = ''] = entry.split(/:(.*)/s);
    const key = Buffer.from(text, 'base64');
    if (!/^[\w-]{1,32}$/.test(id))
      throw new SealKeyError('each key needs a name before a colon, such as 2026a:<32 bytes in base64>');
    if (key.length !== 32) throw new SealKeyError(`the key ${id} must be 32 bytes in base64 (openssl rand -base64 32)`);
    return { id, key: new Uint8Array(key) };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new SealKeyError('two keys have the same name');
  return keys;
}
