import type { Role } from '#server/policies/permissions.ts';

export interface Demo {
  readonly people: readonly { readonly name: string; readonly email: string; readonly role: Role }[];
  readonly password: string;
}

/** Who is in the demo's organisation, and the password of all of them. */
export const DEMO: Demo = {
  people: [
    { name: 'Ada', email: 'ada@demo.alphaloom.dev', role: 'owner' },
    { name: 'Ben', email: 'ben@demo.alphaloom.dev', role: 'editor' },
    { name: 'Vera', email: 'vera@demo.alphaloom.dev', role: 'viewer' },
  ],
  password: 'weave-demo-2026',
};
