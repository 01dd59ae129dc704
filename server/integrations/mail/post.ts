import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

export interface Envelope {
  /** Stands in the letter too: whoever gets a letter twice can tell by it. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The way that letters take. */
export interface Post {
  /** `files`: nobody gets letters, they stand in a folder of the server. */
  readonly kind: 'smtp' | 'files';
  /** Settles once somebody else has taken the letter. Throws when nobody did. */
  send(letter: Envelope): Promise<void>;
  /** The letter as it was sent, of a post that keeps letters. */
  read(id: string): Promise<string | null>;
  close(): void;
}

const messageOf = (from: string, { id, to, subject, text, html }: Envelope) => ({
  from,
  // As an object, so that no sign in an address makes another receiver of it.
  to: { name: '', address: to },
  subject,
  text,
  html,
  messageId: `<${id}@alphaloom>`,
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Alphaloom-Letter': id },
  disableFileAccess: true,
  disableUrlAccess: true,
});

const WAIT_MS = 20_000;

/** Over SMTP, with few connections that are kept. */
export function smtpPost({ url, from }: { readonly url: string; readonly from: string }): Post {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
  });
  return {
    kind: 'smtp',
    send: async (letter) => void (await transport.sendMail(messageOf(from, letter))),
    read: () => Promise.resolve(null),
    close: () => transport.close(),
  };
}

const ID = /^[0-9a-f-]{36}$/;

/** Into a folder, a file a letter, which mail programs open; for an installation without SMTP. */
export function filePost(folder: string): Post {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    kind: 'files',
    send: async (letter) => {
      if (!ID.test(letter.id)) throw new Error('a letter is named by a uuid');
      const { message } = await transport.sendMail(messageOf('Alphaloom <alphaloom@localhost>', letter));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = join(folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')} ${letter.id}.eml`);
      // Links in letters let people in: nobody but the server's own account reads the files.
      const file = await open(`${name}.part`, 'w', 0o600);
      await file.writeFile(Buffer.isBuffer(message) ? message : String(message));
      await file.close();
      await rename(`${name}.part`, name);
    },
    read: async (id) => {
      if (!ID.test(id)) return null;
      const names = await readdir(folder).catch((): string[] => []);
      const name = names.filter((one) => one.endsWith(` ${id}.eml`)).at(-1);
      return name === undefined ? null : readFile(join(folder, name), 'utf8');
    },
    close: () => undefined,
  };
}
