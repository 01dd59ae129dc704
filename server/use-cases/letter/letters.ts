/** What a letter is made of, whatever it looks like. */
export interface LetterContent {
  readonly subject: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** Six digits, for whoever reads letters on another device. */
  readonly code?: string;
  /** Lines of details, such as device and time. */
  readonly details?: readonly (readonly [string, string])[];
  /** Why the letter came, and what to do when it should not have. */
  readonly footer: string;
}

/** What a letter is filled with when it is sent. */
export interface Filling {
  readonly facts: Readonly<Record<string, string>>;
  /** The address under which people reach the server. */
  readonly address: string;
  /** Made when the letter is sent, where its kind has a link. */
  readonly link: { readonly token: string; readonly code: string } | null;
}

type Content = (filling: Filling) => LetterContent;

const urlOf = ({ address, link }: Filling, path: string): string => `${address}${path}#${link?.token ?? ''}`;
const UNASKED = 'If this was not you, you need not do anything.';
const MINUTES = 'The link works once, for 30 minutes.';

/** Of something that was done with an account: nobody needs to answer, unless it was somebody else. */
const told =
  (title: string, ...paragraphs: readonly string[]): Content =>
  ({ facts, address }) => ({
    subject: `${title} · Alphaloom`,
    title,
    paragraphs,
    details: detailsOf(facts),
    action: { label: 'Look at your security settings', url: `${address}/settings/security` },
    footer:
      'You get this letter since it touches the security of your account. If it was not you, set a new password at once (“Forgot it?” on the sign-in page), which ends all sessions, and look through your security settings.',
  });

const NAMES = [
  ['organisation', 'Organisation'],
  ['what', 'What'],
  ['device', 'Device'],
  ['ip', 'Network address'],
  ['at', 'Time'],
] as const;

const detailsOf = (facts: Readonly<Record<string, string>>): (readonly [string, string])[] =>
  NAMES.flatMap(([key, name]) => (facts[key] === undefined ? [] : [[name, facts[key]] as const]));

/** Every letter that there is. */
export const LETTERS = {
  verify: (filling) => ({
    subject: 'Confirm your address · Alphaloom',
    title: 'Confirm your address',
    paragraphs: [
      'Somebody made an account at Alphaloom with this address.',
      'The link and the code work once, for a day.',
    ],
    action: { label: 'Confirm the address', url: urlOf(filling, '/verify') },
    code: filling.link?.code ?? '',
    footer: `${UNASKED} Nobody can use the account to its full extent without this letter.`,
  }),
  reset: (filling) => ({
    subject: 'Set a new password · Alphaloom',
    title: 'Set a new password',
    paragraphs: [
      'Somebody asked for a new password for this account.',
      `${MINUTES} A new password ends all sessions; a second factor stays as it is.`,
    ],
    action: { label: 'Set a new password', url: urlOf(filling, '/reset') },
    details: detailsOf(filling.facts),
    footer: `${UNASKED} Your password stays as it is.`,
  }),
  'leave-address': (filling) => ({
    subject: 'Your account is to get another address · Alphaloom',
    title: 'Another address for your account?',
    paragraphs: [
      `Your account is to be reached under ${filling.facts['email'] ?? 'another address'} from now on. Both addresses have to agree.`,
      MINUTES,
    ],
    action: { label: 'Agree to the change', url: urlOf(filling, '/confirm-address') },
    details: detailsOf(filling.facts),
    footer: 'If this was not you, do not agree, and set a new password: somebody else is signed in to your account.',
  }),
  'take-address': (filling) => ({
    subject: 'Confirm your new address · Alphaloom',
    title: 'Confirm your new address',
    paragraphs: ['An account at Alphaloom is to be reached under this address. Both addresses have to agree.', MINUTES],
    action: { label: 'Confirm this address', url: urlOf(filling, '/confirm-address') },
    footer: UNASKED,
  }),
  invitation: (filling) => ({
    subject: `${filling.facts['invitedBy'] ?? 'Somebody'} invites you to ${filling.facts['organisation'] ?? 'Alphaloom'} · Alphaloom`,
    title: `Join ${filling.facts['organisation'] ?? 'an organisation'}`,
    paragraphs: [
      `${filling.facts['invitedBy'] ?? 'Somebody'} invites you to weave investment strategies together, as ${filling.facts['role'] ?? 'member'}.`,
      'The link works once, for 7 days, for this address.',
    ],
    action: { label: 'Join', url: urlOf(filling, '/join') },
    footer: 'If you do not know who invites you, you need not do anything.',
  }),
  'ownership-received': told('You are the owner of an organisation now', 'You manage its people, and pay for it.'),
  'ownership-given': told(
    'You handed an organisation over',
    'You are an admin of it now. Only its owner can undo this.',
  ),
  'address-changed': told('Your account has another address', 'From now on you sign in with the other address.'),
  'password-changed': told('Your password was changed', 'All other sessions have ended.'),
  'password-reset': told('A new password was set', 'It was set by a link in a letter to you. All sessions have ended.'),
  'new-device': told(
    'A sign-in on a new device',
    'Somebody signed in to your account in a browser that we have not seen before.',
  ),
  'totp-added': told('Codes of an app are asked for now', 'From now on signing in takes a code of your app, too.'),
  'totp-removed': told('Codes of an app are no longer asked for'),
  'passkey-added': told('A passkey was added', 'Whoever has it can sign in to your account.'),
  'passkey-removed': told('A passkey was removed'),
  'recovery-made': told('New recovery codes were made', 'The codes from before do not work any more.'),
  'recovery-used': told(
    'A recovery code was used',
    'The code does not work a second time. Make new ones before you run out.',
  ),
  'sessions-ended': told('You were signed out everywhere else'),
  'data-exported': told('A file with your data was made', 'It has all that we know about you as a person.'),
  'deletion-asked': told(
    'Your account will be deleted',
    'Sign in and call it off in your settings, if you change your mind.',
  ),
  'deletion-called-off': told('Your account will not be deleted'),
} as const satisfies Readonly<Record<string, Content>>;

export type LetterKind = keyof typeof LETTERS;
export const isLetterKind = (kind: string): kind is LetterKind => Object.hasOwn(LETTERS, kind);
