import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, type Sealer } from '#server/auth/sealer.ts';
import { filePost, type Post } from '#server/integrations/mail/post.ts';

/** What servers of tests seal with, and where their letters go: a folder of their own. */
export function testMeans(): { readonly sealer: Sealer; readonly post: Post } {
  return {
    sealer: createSealer([{ id: 'test', key: new Uint8Array(32).fill(7) }]),
    post: filePost(join(tmpdir(), `alphaloom-mail-${crypto.randomUUID()}`)),
  };
}

/** The same for a worker. */
export function workerMeans(): { readonly sealer: Sealer; readonly letters: { post: Post; address: string } } {
  const { sealer, post } = testMeans();
  return { sealer, letters: { post, address: 'http://localhost:3000' } };
}
