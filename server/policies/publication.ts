import type { UserId } from '#core/requests/ids.ts';
import { ROLES, type Role } from './permissions.ts';

/** What an organisation asks for before a version is published or runs live. */
export interface PublicationPolicy {
  /** How many people must have approved exactly what the version says. */
  readonly approvals: number;
  /** Whose approvals count, by their role of now. */
  readonly roles: readonly Role[];
}

export const MOST_APPROVALS = 5;

/** Roles that may review: viewers can't. */
export const REVIEWING: readonly Role[] = ROLES.filter((role) => role !== 'viewer');

/** Of an organisation that has chosen nothing. */
export const NO_POLICY: PublicationPolicy = { approvals: 0, roles: REVIEWING };

/** What somebody said last of exactly what the version says; `role`: null once they have left. */
export interface Verdict {
  readonly userId: UserId;
  readonly name: string;
  readonly role: Role | null;
  readonly verdict: 'approved' | 'changes';
}

/** Why an approval does not count. */
export type NotCounted = 'left' | 'role' | 'involved';

export interface Judgement {
  readonly needed: number;
  readonly approvedBy: readonly UserId[];
  readonly notCounted: readonly { readonly userId: UserId; readonly name: string; readonly why: NotCounted }[];
  /** Who asks for changes, and may approve. */
  readonly against: readonly { readonly userId: UserId; readonly name: string }[];
  /** Why the version can't be published, in words; null: it can. */
  readonly problem: string | null;
}

/**
 * Whether a version has what the policy asks for. `involved`: whoever took part in what the version changes. Nobody
 * approves their own work.
 */
export function judge(
  policy: PublicationPolicy,
  verdicts: readonly Verdict[],
  involved: ReadonlySet<UserId>,
): Judgement {
  const whyNot = ({ userId, role }: Verdict): NotCounted | null => {
    if (role === null) return 'left';
    if (involved.has(userId)) return 'involved';
    return policy.roles.includes(role) ? null : 'role';
  };
  const looked = verdicts.map((verdict) => ({ ...verdict, why: whyNot(verdict) }));
  const approved = looked.filter(({ verdict }) => verdict === 'approved');
  const approvedBy = approved.flatMap(({ userId, why }) => (why === null ? [userId] : []));
  const notCounted = approved.flatMap(({ userId, name, why }) => (why === null ? [] : [{ userId, name, why }]));
  const against = looked.flatMap(({ userId, name, verdict, why }) =>
    verdict === 'changes' && why === null ? [{ userId, name }] : [],
  );
  const found = { needed: policy.approvals, approvedBy, notCounted, against };
  return { ...found, problem: problemOf(policy, found) };
}

const WHY = {
  left: 'has left the organisation',
  role: 'has a role whose approvals do not count',
  involved: 'worked on the change',
} as const satisfies Record<NotCounted, string>;

const namesOf = (people: readonly { readonly name: string }[]): string => people.map(({ name }) => name).join(', ');

function problemOf(
  { approvals, roles }: PublicationPolicy,
  { approvedBy, notCounted, against }: Omit<Judgement, 'problem'>,
): string | null {
  if (approvals === 0) return null;
  if (against.length > 0)
    return `${namesOf(against)} asked for changes of what this version says. Make them, or ask for another look.`;
  if (approvedBy.length >= approvals) return null;
  const aside = notCounted.map(({ name, why }) => `${name} ${WHY[why]}`).join('; ');
  const has = `${approvedBy.length} of ${approvals} ${approvals === 1 ? 'approval' : 'approvals'}`;
  const found = aside === '' ? '' : ` (${aside})`;
  const whom = `${roleWords(roles)} who did not work on the change`;
  return `This version has ${has} that your organisation asks for${found}. Ask ${whom} for a review.`;
}

const roleWords = (roles: readonly Role[]): string =>
  REVIEWING.every((role) => roles.includes(role)) ? 'somebody' : `somebody with the role ${roles.join(' or ')}`;
