import type { Role } from '#server/policies/permissions.ts';

export interface Demo {
  readonly people: readonly { readonly name: string; readonly email: string; readonly role: Role }[];
  readonly password: string;
}

/**
 * Who is in the demo's organisation, and the password of all of them: published, so that it works only where nobody
 * else reaches the server.
 */
export const DEMO: Demo = {
  people: [
    { name: 'Ada', email: 'ada@demo.alphaloom.dev', role: 'owner' },
    { name: 'Ben', email: 'ben@demo.alphaloom.dev', role: 'editor' },
    { name: 'Vera', email: 'vera@demo.alphaloom.dev', role: 'viewer' },
  ],
  password: 'weave-demo-2026',
};

/** Of the published password; kept as a hash so that a start takes no time to make it. */
export const PUBLISHED_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$hrMJMihTmJzUbQIej09/4A$+p9iXlW+gjPtquKvmlvH8EIqs6tqpUz0NHuDjUenjJg';
