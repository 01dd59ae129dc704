import type { BotId, FormulaId } from '#core/requests/ids.ts';
import { findBot } from '#server/db/queries/bots.ts';
import { lockFormula } from '#server/db/queries/formulas.ts';
import { endPublication, findPublished } from '#server/db/queries/publications.ts';
import { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import { underLock } from '../act/right.ts';
import type { Caller, Reader } from '../context.ts';
import { applyChoices, requireRunnable, stopUpgradesTo, type BotChoice } from './upgrade-bots.ts';

/** Takes back what is published. Bots go on with the version that they run; those that waited to go over stay. */
export function unpublish(caller: Caller<Person>, { formulaId }: { readonly formulaId: FormulaId }): Promise<void> {
  return act(caller, underLock('version.publish'), async (unit) => {
    const { tx, principal, now } = unit;
    const { orgId, userId } = principal;
    if (!(await lockFormula(tx, orgId, formulaId))) throw new AppError('NOT_FOUND', 'There is no such strategy.');
    const published = await findPublished(tx, orgId, formulaId);
    if (!published) throw new AppError('CONFLICT', 'Nothing of this strategy is published.');
    await endPublication(tx, orgId, { formulaId, endedAt: now, endedBy: userId });
    await stopUpgradesTo(unit, formulaId, published.versionNumber);
    unit.happened('version.unpublished', {
      formulaId,
      versionId: published.versionId,
      version: [published.versionNumber, null],
    });
  });
}

/** Has a bot go over to the published version of its strategy, or stay after all. */
export async function upgradeBot(caller: Reader<Person>, choice: BotChoice): Promise<void> {
  const { orgId } = caller.principal;
  const target = await read(caller, 'bot.manage', async (tx) => {
    const bot = await findBot(tx, orgId, choice.id);
    if (!bot) throw noBot(choice.id);
    const published = await findPublished(tx, orgId, bot.formulaId);
    return { formulaId: bot.formulaId, version: published && (await findVersion(tx, orgId, published.versionId)) };
  });
  const { formulaId, version } = target;
  if (version) await requireRunnable(caller, 'bot.manage', version, [choice]);
  return act(caller, underLock('bot.manage'), async (unit) => {
    const { tx } = unit;
    await lockFormula(tx, orgId, formulaId);
    const published = await findPublished(tx, orgId, formulaId);
    if (!published || published.versionId !== version?.id)
      throw new AppError('CONFLICT', 'What is published has changed meanwhile. Look again.');
    const numberOf = async (id: typeof version.id) => (await findVersion(tx, orgId, id))?.number ?? version.number;
    unit.nothingHappened();
    await applyChoices(unit, { orgId, version, numberOf }, [choice]);
  });
}

const noBot = (_id: BotId) => new AppError('NOT_FOUND', 'There is no such bot.');
