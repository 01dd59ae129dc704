import type { IncomingMessage } from 'node:http';
import { CLOSE, EXTRA_PARAMETER, LEFT_PARAMETER } from '#collab/messages.ts';
import { idOf, type FormulaId, type OrgId } from '#core/requests/ids.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { authenticate, reauthenticate } from '#server/auth/authenticate.ts';
import { isOriginAllowed } from '#server/auth/check-origin.ts';
import { isSecure } from '#server/auth/cookie.ts';
import type { Config } from '#server/config/config.ts';
import { asSystem, withOrg, type Database } from '#server/db/database.ts';
import { findFormula, isFormulaOfUser } from '#server/db/queries/formulas.ts';
import { can } from '#server/policies/can.ts';
import type { Person } from '#server/policies/principal.ts';

export interface Refusal {
  readonly code: number;
  readonly reason: string;
}

export interface Admitted {
  readonly actor: Person;
  readonly formulaId: FormulaId;
  readonly extra: boolean;
  /** Epochs of which the client wants to know what was committed in them. */
  readonly left: readonly number[];
}

const NOT_FOUND: Refusal = { code: CLOSE.notFound, reason: 'There is no such strategy in your organisation.' };
const ELSEWHERE: Refusal = {
  code: CLOSE.forbidden,
  reason: 'This strategy belongs to another of your organisations. Switch to that one first.',
};
const PATH = /^\/collab\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/;

/** Who asks for which document, or why they may not have it (A1). */
export async function admit(
  { db, config }: { db: Database; config: Config },
  request: IncomingMessage,
): Promise<Result<Admitted, Refusal>> {
  const { origin, host, cookie, 'sec-fetch-site': fetchSite } = request.headers;
  if (!isOriginAllowed({ origin, host, fetchSite: typeof fetchSite === 'string' ? fetchSite : null }, config.origin)) {
    return err({ code: CLOSE.forbidden, reason: 'This page is not one of ours.' });
  }
  const actor = await authenticate(db, cookie, isSecure(config));
  if (!actor) return err({ code: CLOSE.unauthenticated, reason: 'Sign in to open this strategy.' });
  const url = new URL(request.url ?? '/', 'http://localhost');
  const named = PATH.exec(url.pathname)?.[1];
  if (!named || !can(actor, 'org.read')) return err(NOT_FOUND);
  const formulaId = idOf('formula', named);
  const formula = await withOrg(db, actor.orgId, (tx) => findFormula(tx, actor.orgId, formulaId));
  if (formula)
    return ok({
      actor,
      formulaId,
      extra: url.searchParams.get(EXTRA_PARAMETER) === '1',
      left: readLeft(url.searchParams.get(LEFT_PARAMETER)),
    });
  // Browsers forget a formula that is gone, with what is not saved; this one is not.
  return err((await asSystem(db, (tx) => isFormulaOfUser(tx, actor.userId, formulaId))) ? ELSEWHERE : NOT_FOUND);
}

/** A browser keeps the copies of few epochs; nobody is told of more at once. */
const MOST_LEFT = 16;

const readLeft = (text: string | null): number[] =>
  (text ?? '')
    .split(',')
    .filter((part) => /^\d{1,9}$/.test(part))
    .slice(-MOST_LEFT)
    .map(Number);

/** Whether somebody who was admitted may stay, and as whom (A3). */
export async function readmit(db: Database, admitted: Person, orgId: OrgId): Promise<Result<Person, Refusal>> {
  // Not by the cookie: the session may have another token by now.
  const actor = await reauthenticate(db, admitted);
  if (!actor) return err({ code: CLOSE.unauthenticated, reason: 'Your session has ended. Sign in again.' });
  if (actor.orgId !== orgId)
    return err({ code: CLOSE.forbidden, reason: 'You are working in another organisation now.' });
  return ok(actor);
}
