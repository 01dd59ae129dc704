import { accountRouter } from './account/router.ts';
import { adminRouter } from './admin/router.ts';
import { auditRouter } from './audit/router.ts';
import { backtestRouter } from './backtest/router.ts';
import { behaviourRouter } from './behaviour/router.ts';
import { billingRouter } from './billing/router.ts';
import { botRouter } from './bot/router.ts';
import { branchRouter } from './branch/router.ts';
import { commentRouter } from './comment/router.ts';
import { documentRouter } from './document/router.ts';
import { formulaRouter } from './formula/router.ts';
import { historyRouter } from './history/router.ts';
import { invitationRouter } from './invitation/router.ts';
import { liveRouter } from './live/router.ts';
import { marketRouter } from './market/router.ts';
import { notificationRouter } from './notification/router.ts';
import { organisationRouter } from './organisation/router.ts';
import { policyRouter } from './policy/router.ts';
import { publicationRouter } from './publication/router.ts';
import { referenceRouter } from './reference/router.ts';
import { reviewRouter } from './review/router.ts';
import { runRouter } from './run/router.ts';
import { searchRouter } from './search/router.ts';
import { sessionRouter } from './session/router.ts';
import { signalRouter } from './signal/router.ts';
import { sweepRouter } from './sweep/router.ts';
import { teamRouter } from './team/router.ts';
import { router } from './trpc.ts';
import { versionRouter } from './version/router.ts';

/** Every procedure, by noun and verb. */
export const appRouter = router({
  account: accountRouter,
  session: sessionRouter,
  team: teamRouter,
  organisation: organisationRouter,
  billing: billingRouter,
  invitation: invitationRouter,
  formula: formulaRouter,
  comment: commentRouter,
  notification: notificationRouter,
  version: versionRouter,
  history: historyRouter,
  branch: branchRouter,
  document: documentRouter,
  market: marketRouter,
  backtest: backtestRouter,
  behaviour: behaviourRouter,
  run: runRouter,
  sweep: sweepRouter,
  bot: botRouter,
  signal: signalRouter,
  search: searchRouter,
  review: reviewRouter,
  publication: publicationRouter,
  policy: policyRouter,
  audit: auditRouter,
  admin: adminRouter,
  live: liveRouter,
  reference: referenceRouter,
});

export type AppRouter = typeof appRouter;
