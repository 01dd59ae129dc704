import type { BotId, FormulaId, OrgId, VersionId } from '#core/requests/ids.ts';
import { findBot, updateBot } from '#server/db/queries/bots.ts';
import { lockBots, stopUpgrades } from '#server/db/queries/publications.ts';
import type { findVersion } from '#server/db/queries/versions.ts';
import { AppError } from '#server/errors.ts';
import type { Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Right } from '../act/right.ts';
import { requireSmall } from '../bot/manage-bots.ts';
import { findProgram } from '../bot/program.ts';
import type { Reader } from '../context.ts';
import { requireApproved } from '../policy/judge-version.ts';

type Version = NonNullable<Awaited<ReturnType<typeof findVersion>>>;

/**
 * What becomes of a bot that runs an older version: `now`: at the end of its next bar; `flat`: once it holds nothing.
 */
export interface BotChoice {
  readonly id: BotId;
  readonly choice: 'stay' | 'now' | 'flat';
}

export const isUpgrade = ({ choice }: BotChoice): boolean => choice !== 'stay';

/**
 * Makes sure that the bots which are to go over to a version can run it. Outside of the act: each market asks for the
 * whole formula.
 */
export async function requireRunnable(
  caller: Reader,
  right: Right,
  version: Version,
  choices: readonly BotChoice[],
): Promise<void> {
  const { orgId } = caller.principal;
  const seen = new Set<string>();
  for (const { id } of choices.filter(isUpgrade)) {
    const { bot, program } = await read(caller, right, async (tx) => {
      const found = await findBot(tx, orgId, id);
      if (found?.formulaId !== version.formulaId) throw noBot();
      return { bot: found, program: await findProgram(tx, { ...found, versionId: version.id }) };
    });
    if (!program || seen.has(bot.marketId)) continue;
    seen.add(bot.marketId);
    const size = await caller.formulas(orgId, 'bot', program).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AppError')
        throw new AppError('FORMULA_INVALID', `${bot.name} can’t run version ${version.number}: ${error.message}`);
      throw error;
    });
    await read(caller, right, (tx) => requireSmall(tx, orgId, size));
  }
}

/** Bots that wait to go over to a version of a strategy, the one with this number, stay. */
export async function stopUpgradesTo({ tx, principal, happened }: Unit, formulaId: FormulaId, number: number) {
  for (const { id, status } of await stopUpgrades(tx, principal.orgId, formulaId))
    happened('bot.upgrade_chosen', { botId: id, status, choice: [`version ${number}`, 'stay'] });
}

interface Wanted {
  readonly orgId: OrgId;
  readonly version: Version;
  readonly numberOf: (versionId: VersionId) => Promise<number>;
}

/** Notes what becomes of bots. A bot that has not begun has the version at once. Gives whose bots they are. */
export async function applyChoices(unit: Unit, wanted: Wanted, choices: readonly BotChoice[]) {
  const { tx, now, happened } = unit;
  const { orgId } = wanted;
  const { formulaId, number, id: versionId } = wanted.version;
  const rows = await lockBots(
    tx,
    orgId,
    choices.map(({ id }) => id),
  );
  if (rows.length < new Set(choices.map(({ id }) => id)).size) throw noBot();
  for (const bot of rows) {
    const choice = choices.find(({ id }) => id === bot.id)?.choice ?? 'stay';
    if (bot.formulaId !== formulaId) throw noBot();
    if (bot.versionId === versionId) continue;
    const told = { botId: bot.id, status: bot.status };
    // The policy may ask for more by now than it did when the version was published.
    if (bot.mode === 'live' && choice !== 'stay') await requireApproved(tx, orgId, wanted.version);
    if (choice === 'stay') {
      await updateBot(tx, orgId, bot.id, { nextVersionId: null, upgrade: null });
      happened('bot.upgrade_chosen', { ...told, choice: [null, 'stay'] });
    } else if (bot.status === 'halted') {
      throw new AppError('CONFLICT', `${bot.name} was halted and runs no more. Make a new bot of version ${number}.`);
    } else if (bot.nextBar === null) {
      await updateBot(tx, orgId, bot.id, { versionId, nextVersionId: null, upgrade: null });
      const version: readonly [number, number] = [await wanted.numberOf(bot.versionId), number];
      happened('bot.upgraded', { ...told, name: bot.name, version, formulaId, userId: null, at: now.getTime() });
    } else {
      await updateBot(tx, orgId, bot.id, { nextVersionId: versionId, upgrade: choice });
      happened('bot.upgrade_chosen', { ...told, choice: [null, `${choice}: version ${number}`] });
    }
  }
  return rows;
}

const noBot = () => new AppError('NOT_FOUND', 'There is no such bot of this strategy.');
