import type { UserId } from '#core/requests/ids.ts';
import type { NewLetter } from '../../letter/letter.ts';
import { nothing, type Effects } from '../effects.ts';

const OWN = nothing('no page of a colleague shows who is signed in');

interface Begins {
  readonly userId: UserId;
  readonly before: UserId | null;
  readonly letters: readonly NewLetter[];
}

const ofAccount = ({ userId, before, letters }: Begins): Effects => ({
  audit: { entity: 'session', entityId: userId },
  live: OWN,
  letters,
  access: before === null ? [] : [before],
});

const ofSession = ({ sessionId, userId }: { readonly sessionId: string; readonly userId: UserId }): Effects => ({
  audit: { entity: 'session', entityId: sessionId },
  live: OWN,
  access: [userId],
});

export const SESSION_EVENTS = {
  /** `before`: whose session the browser had, which has ended by this. */
  'session.began': ofAccount,
  'account.registered': ofAccount,
  'session.failed': ({ userId }: { readonly userId: UserId }): Effects => ({
    audit: { entity: 'account', entityId: userId },
    live: OWN,
  }),
  /** All sessions of an account, by the start of a server. */
  'access.ended': ({ userId }: { readonly userId: UserId }): Effects => ({
    audit: nothing('an account of the demo may be in any organisation; the start of the server says it'),
    live: OWN,
    access: [userId],
  }),
  'session.ended': ofSession,
  'session.switched': ofSession,
  'request.refused': ({ what, code }: { readonly what: string; readonly code: string }): Effects => ({
    audit: { entity: 'procedure', entityId: what, difference: { code: [null, code] } },
    live: nothing('a refusal changes nothing'),
  }),
};
