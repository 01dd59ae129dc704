import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSealKeys, type SealKey } from '#server/config/seal-keys.ts';

export interface Sealed {
  readonly sealed: Uint8Array;
  readonly keyId: string;
}

/** Keeps secrets that the server itself has to read again, such as the seeds of second factors. */
export interface Sealer {
  /** The name of the key that seals now: what another key has sealed is to be sealed anew. */
  readonly keyId: string;
  /** `about` names the row: a sealed secret that is moved to another row does not open there. */
  seal(secret: Uint8Array, about: string): Sealed;
  /** Throws when the key is not there any more, or when what is sealed was changed or moved. */
  open(sealed: Sealed, about: string): Uint8Array;
}

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM: nonce, cipher text, tag. The name of the key is authenticated with `about`. */
export function createSealer(keys: readonly SealKey[]): Sealer {
  const [current] = keys;
  if (!current) throw new Error('a sealer needs a key');
  const aboutOf = (about: string, keyId: string): Buffer => Buffer.from(`${keyId}\n${about}`);
  return {
    keyId: current.id,
    seal: (secret, about) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(aboutOf(about, current.id));
      const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
      return { sealed: new Uint8Array(sealed), keyId: current.id };
    },
    open: ({ sealed, keyId }, about) => {
      const key = keys.find(({ id }) => id === keyId);
      if (!key)
        throw new Error(
          `A secret is sealed with the key ${keyId}, which this server does not have: add it to SEAL_KEYS.`,
        );
      const [nonce, text, tag] = [sealed.subarray(0, NONCE), sealed.subarray(NONCE, -TAG), sealed.subarray(-TAG)];
      const cipher = createDecipheriv('aes-256-gcm', key.key, nonce, { authTagLength: TAG });
      cipher.setAAD(aboutOf(about, keyId)).setAuthTag(tag);
      return new Uint8Array(Buffer.concat([cipher.update(text), cipher.final()]));
    },
  };
}

/** The keys of the environment, or one that is made in the data folder at the first start and kept there. */
export async function openSealer(config: {
  readonly sealKeys?: readonly SealKey[];
  readonly dataDir: string;
}): Promise<Sealer> {
  return createSealer(config.sealKeys ?? (await keysOfFolder(config.dataDir)));
}

async function keysOfFolder(dataDir: string): Promise<readonly SealKey[]> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'seal-keys');
  try {
    // Of several processes that start at once one makes the key.
    const made = await open(file, 'wx', 0o600);
    await made.writeFile(`local:${randomBytes(32).toString('base64')}\n`);
    await made.sync();
    await made.close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const text = await readFile(file, 'utf8');
  return readSealKeys(text.trim().split(/\s*[\n,]\s*/));
}
