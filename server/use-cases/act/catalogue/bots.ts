import type { BotId, UserId } from '#core/requests/ids.ts';
import type { LiveSignal, StoredEvent } from '#server/live/event.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';
import { nothing, type Effects } from '../effects.ts';

type Status = Extract<StoredEvent, { readonly kind: 'bot.changed' }>['payload']['status'];

const moved = (botId: BotId, before: string, status: Status): Effects => ({
  audit: { entity: 'bot', entityId: botId, difference: { status: [before, status] } },
  live: [{ kind: 'bot.changed', payload: { botId, status } }],
});

interface Moved {
  readonly botId: BotId;
  readonly before: string;
}

interface Stopped {
  /** Who made the bot; null for whoever has left. */
  readonly userId: UserId | null;
  readonly name: string;
  readonly failure: string;
}

export const BOT_EVENTS = {
  'bot.created': ({ botId, name }: { readonly botId: BotId; readonly name: string }): Effects => ({
    audit: { entity: 'bot', entityId: botId, difference: { name: [null, name] } },
    live: [{ kind: 'bot.changed', payload: { botId, status: 'draft' } }],
  }),
  'bot.started': ({ botId, before, tick }: Moved & { readonly tick: PreparedJob }): Effects => ({
    ...moved(botId, before, 'running'),
    jobs: [tick],
  }),
  'bot.paused': ({ botId, before }: Moved): Effects => moved(botId, before, 'paused'),
  'bot.removed': ({ botId, before }: Moved): Effects => moved(botId, before, 'removed'),
  /**
   * Bars that the bot has seen were corrected: it runs all of them again before its next one. `notice` says so to
   * people.
   */
  'bot.overtaken': ({
    botId,
    status,
    notice,
  }: {
    readonly botId: BotId;
    readonly status: Status;
    readonly notice: string;
  }): Effects => ({
    audit: { entity: 'bot', entityId: botId, difference: { notice: [null, notice] } },
    live: [{ kind: 'bot.changed', payload: { botId, status } }],
  }),
  /** `error`: why it was stopped, and whom that concerns; null when it has come to the end of its bars. */
  'bot.halted': ({ botId, before, error }: Moved & { readonly error: Stopped | null }): Effects => ({
    ...moved(botId, before, 'halted'),
    notices:
      !error || error.userId === null
        ? []
        : [
            {
              kind: 'bot.stopped',
              userId: error.userId,
              once: `bot ${botId} stopped`,
              facts: { botId, name: error.name, failure: error.failure },
            },
          ],
  }),
  'signal.emitted': ({ signal }: { readonly signal: LiveSignal }): Effects => ({
    audit: nothing('the signal is its own record: nobody changes or deletes one'),
    live: [{ kind: 'signal.emitted', payload: { signal } }],
  }),
  /**
   * The bot is to take many bars, or has lost its job; `next` goes on with it. The job behind each bar is added where
   * the bot is moved.
   */
  'bot.advanced': ({ next }: { readonly next: PreparedJob }): Effects => ({
    audit: nothing('a bar a second is no act of anybody'),
    live: nothing('no page shows at which bar a bot is; its signals have their own event'),
    jobs: [next],
  }),
};
