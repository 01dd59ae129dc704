import type { BotId, FormulaId, OrgId, UserId, VersionId } from '#core/requests/ids.ts';
import type { StoredEvent } from '#server/live/event.ts';
import type { PublicationPolicy } from '#server/policies/publication.ts';
import { nothing, type Effects } from '../effects.ts';

const changed = (formulaId: FormulaId): readonly StoredEvent[] => [
  { kind: 'publication.changed', payload: { formulaId } },
];

type BotStatus = Extract<StoredEvent, { readonly kind: 'bot.changed' }>['payload']['status'];

interface OfBot {
  readonly botId: BotId;
  readonly status: BotStatus;
}

export const PUBLICATION_EVENTS = {
  'policy.changed': ({
    orgId,
    before,
    after,
  }: {
    readonly orgId: OrgId;
    readonly before: PublicationPolicy;
    readonly after: PublicationPolicy;
  }): Effects => ({
    audit: {
      entity: 'policy',
      entityId: orgId,
      difference: { approvals: [before.approvals, after.approvals], roles: [before.roles, after.roles] },
    },
    live: [{ kind: 'policy.changed', payload: {} }],
  }),
  'audit.downloaded': ({ orgId }: { readonly orgId: OrgId }): Effects => ({
    audit: { entity: 'audit', entityId: orgId },
    live: nothing('what happened is as it was'),
  }),
  'version.published': ({
    formulaId,
    versionId,
    version,
    changes,
    validation,
    reason,
    by,
    told,
    at,
  }: {
    readonly formulaId: FormulaId;
    readonly versionId: VersionId;
    /** What was published before, and what is now. */
    readonly version: readonly [number | null, number];
    readonly changes: readonly string[];
    readonly validation: 'approved' | 'open' | 'overridden';
    readonly reason: string | null;
    readonly by: UserId;
    readonly told: readonly UserId[];
    readonly at: number;
  }): Effects => ({
    audit: {
      entity: 'version',
      entityId: versionId,
      difference: {
        version,
        changes: [null, changes],
        validation: [null, validation],
        ...(reason === null ? {} : { reason: [null, reason] }),
      },
    },
    live: changed(formulaId),
    notices: told.map((userId) => ({
      kind: 'version.published',
      userId,
      once: `published ${versionId} ${at}`,
      facts: { version: version[1] },
      actorId: by,
      formulaId,
    })),
  }),
  'version.unpublished': ({
    formulaId,
    versionId,
    version,
  }: {
    readonly formulaId: FormulaId;
    readonly versionId: VersionId;
    readonly version: readonly [number, null];
  }): Effects => ({
    audit: { entity: 'version', entityId: versionId, difference: { version } },
    live: changed(formulaId),
  }),
  /** What becomes of a bot that runs an older version. */
  'bot.upgrade_chosen': ({
    botId,
    status,
    choice,
  }: OfBot & { readonly choice: readonly [string | null, string] }): Effects => ({
    audit: { entity: 'bot', entityId: botId, difference: { upgrade: choice } },
    live: [{ kind: 'bot.changed', payload: { botId, status } }],
  }),
  'bot.upgraded': ({
    botId,
    status,
    name,
    version,
    formulaId,
    userId,
    at,
  }: OfBot & {
    readonly name: string;
    readonly version: readonly [number, number];
    readonly formulaId: FormulaId;
    /** Who made the bot; null for whoever has left. */
    readonly userId: UserId | null;
    readonly at: number;
  }): Effects => ({
    audit: { entity: 'bot', entityId: botId, difference: { version } },
    live: [{ kind: 'bot.changed', payload: { botId, status } }],
    notices:
      userId === null
        ? []
        : [
            {
              kind: 'bot.upgraded',
              userId,
              once: `bot ${botId} runs ${version[1]} ${at}`,
              facts: { botId, name, version: version[1] },
              formulaId,
            },
          ],
  }),
};
