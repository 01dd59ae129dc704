import { cancel } from './backtest/cancel.ts';
import { curve } from './backtest/curve.ts';
import { get as getBacktest } from './backtest/get.ts';
import { list as listBacktests } from './backtest/list.ts';
import { result } from './backtest/result.ts';
import { start as startBacktest } from './backtest/start.ts';
import { create as createBot } from './bot/create.ts';
import { get as getBot } from './bot/get.ts';
import { list as listBots } from './bot/list.ts';
import { pause } from './bot/pause.ts';
import { remove as removeBot } from './bot/remove.ts';
import { start as startBot } from './bot/start.ts';
import { edit as editComment } from './comment/edit.ts';
import { list as listComments } from './comment/list.ts';
import { remove as removeComment } from './comment/remove.ts';
import { reply } from './comment/reply.ts';
import { resolve as resolveThread } from './comment/resolve.ts';
import { start as startThread } from './comment/start.ts';
import { compact } from './document/compact.ts';
import { damage } from './document/damage.ts';
import { list as listDocuments } from './document/list.ts';
import { rebase } from './document/rebase.ts';
import { recover } from './document/recover.ts';
import { archive } from './formula/archive.ts';
import { create as createFormula } from './formula/create.ts';
import { duplicate } from './formula/duplicate.ts';
import { exportFile } from './formula/export.ts';
import { get as getFormula } from './formula/get.ts';
import { importFile } from './formula/import.ts';
import { list as listFormulas } from './formula/list.ts';
import { rename } from './formula/rename.ts';
import { accept } from './invitation/accept.ts';
import { preview } from './invitation/preview.ts';
import { events } from './live/events.ts';
import { bars } from './market/bars.ts';
import { gaps } from './market/gaps.ts';
import { list as listMarkets } from './market/list.ts';
import { remove as removeMarket } from './market/remove.ts';
import { list as listNotifications } from './notification/list.ts';
import { markRead } from './notification/mark-read.ts';
import { prices } from './reference/prices.ts';
import { demo } from './session/demo.ts';
import { me } from './session/me.ts';
import { register } from './session/register.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { switchTo } from './session/switch.ts';
import { list as listSignals } from './signal/list.ts';
import { cancel as cancelSweep } from './sweep/cancel.ts';
import { forward } from './sweep/forward.ts';
import { get as getSweep } from './sweep/get.ts';
import { list as listSweeps } from './sweep/list.ts';
import { openCandidate } from './sweep/open-candidate.ts';
import { result as sweepResult } from './sweep/result.ts';
import { start as startSweep } from './sweep/start.ts';
import { changeRole } from './team/change-role.ts';
import { get as getTeam } from './team/get.ts';
import { invite } from './team/invite.ts';
import { leave } from './team/leave.ts';
import { removeMember } from './team/remove-member.ts';
import { revokeInvitation } from './team/revoke-invitation.ts';
import { allowance } from './run/allowance.ts';
import { turn } from './run/turn.ts';
import { router } from './trpc.ts';
import { create as createVersion } from './version/create.ts';
import { get as getVersion } from './version/get.ts';
import { list as listVersions } from './version/list.ts';
import { restore } from './version/restore.ts';

/** Every procedure, by noun and verb. */
export const appRouter = router({
  session: router({ me, demo, register, signIn, signOut, switch: switchTo }),
  team: router({ get: getTeam, invite, revokeInvitation, changeRole, removeMember, leave }),
  invitation: router({ preview, accept }),
  formula: router({ list: listFormulas, get: getFormula, create: createFormula, import: importFile, export: exportFile, duplicate, rename, archive }),
  comment: router({ list: listComments, start: startThread, reply, edit: editComment, remove: removeComment, resolve: resolveThread }),
  notification: router({ list: listNotifications, markRead }),
  version: router({ list: listVersions, get: getVersion, create: createVersion, restore }),
  document: router({ list: listDocuments, compact, rebase, damage, recover }),
  market: router({ list: listMarkets, bars, gaps, remove: removeMarket }),
  backtest: router({ start: startBacktest, list: listBacktests, get: getBacktest, result, curve, cancel }),
  run: router({ allowance, turn }),
  sweep: router({ start: startSweep, list: listSweeps, get: getSweep, result: sweepResult, forward, cancel: cancelSweep, openCandidate }),
  bot: router({ list: listBots, get: getBot, create: createBot, start: startBot, pause, remove: removeBot }),
  signal: router({ list: listSignals }),
  live: router({ events }),
  reference: router({ prices }),
});

export type AppRouter = typeof appRouter;
