import type { UserId } from '#core/requests/ids.ts';
import type { NewLetter } from '../../letter/letter.ts';
import { nothing, type Effects } from '../effects.ts';

interface OfAccount {
  readonly userId: UserId;
  readonly letters?: readonly NewLetter[];
  /** Whether open sockets of the person are to look again. */
  readonly endsSessions?: boolean;
  readonly difference?: Readonly<Record<string, readonly [unknown, unknown]>>;
}

const ofAccount = ({ userId, letters = [], endsSessions = false, difference }: OfAccount): Effects => ({
  audit: { entity: 'account', entityId: userId, ...(difference ? { difference } : {}) },
  live: nothing('an account is no business of colleagues'),
  letters,
  access: endsSessions ? [userId] : [],
});

/** What happens to accounts, each in the organisation in which its person works. */
export const ACCOUNT_EVENTS = {
  'account.verify_asked': ofAccount,
  'account.verified': ofAccount,
  'account.reset_asked': ofAccount,
  'account.password_reset': ofAccount,
  'account.password_changed': ofAccount,
  'account.address_asked': ofAccount,
  'account.address_changed': ofAccount,
  'account.totp_added': ofAccount,
  'account.totp_removed': ofAccount,
  'account.recovery_made': ofAccount,
  'account.recovery_used': ofAccount,
  'account.passkey_added': ofAccount,
  'account.passkey_removed': ofAccount,
  'account.second_factor_failed': ofAccount,
  'account.stepped_up': ofAccount,
  'account.sessions_ended': ofAccount,
  'account.changed': ofAccount,
};
