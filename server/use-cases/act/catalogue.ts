import { ACCOUNT_EVENTS } from './catalogue/accounts.ts';
import { ADMIN_EVENTS } from './catalogue/admin.ts';
import { BILLING_EVENTS } from './catalogue/billing.ts';
import { BOT_EVENTS } from './catalogue/bots.ts';
import { COMMENT_EVENTS } from './catalogue/comments.ts';
import { FORMULA_EVENTS } from './catalogue/formulas.ts';
import { MARKET_EVENTS } from './catalogue/markets.ts';
import { PUBLICATION_EVENTS } from './catalogue/publications.ts';
import { REVIEW_EVENTS } from './catalogue/reviews.ts';
import { RUN_EVENTS } from './catalogue/runs.ts';
import { SESSION_EVENTS } from './catalogue/sessions.ts';
import { TEAM_EVENTS } from './catalogue/teams.ts';
import type { Effects } from './effects.ts';

/**
 * Everything that can happen: of each event its facts (the argument) and what follows from them. The audit names an act
 * by the event's name.
 */
export const CATALOGUE = {
  ...SESSION_EVENTS,
  ...ACCOUNT_EVENTS,
  ...TEAM_EVENTS,
  ...FORMULA_EVENTS,
  ...COMMENT_EVENTS,
  ...MARKET_EVENTS,
  ...REVIEW_EVENTS,
  ...PUBLICATION_EVENTS,
  ...RUN_EVENTS,
  ...BOT_EVENTS,
  ...ADMIN_EVENTS,
  ...BILLING_EVENTS,
} satisfies Readonly<Record<string, (facts: never) => Effects>>;

export type EventName = keyof typeof CATALOGUE;
export type FactsOf<Name extends EventName> = Parameters<(typeof CATALOGUE)[Name]>[0];
