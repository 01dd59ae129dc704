import { threadPath } from '#core/comment/thread-path.ts';
import type { Outputs } from '#trpc/types.ts';

export type Notification = Outputs['notification']['list']['notifications'][number];

/** What a notification says, and where it leads. */
export interface Description {
  readonly href: string;
  /** Whose picture stands before it; null for what the house says. */
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Who did it, or what it happened to: the subject of `happened`. */
  readonly subject: string;
  readonly happened: string;
  /** In more words; empty where there are none. */
  readonly detail: string;
  /** Where it belongs. */
  readonly place: string;
}

const GONE = { id: '', name: 'someone who has left' };
const RUN = {
  backtest: { name: 'backtest', path: '/backtests' },
  sweep: { name: 'sweep', path: '/sweeps' },
} as const;

export function describeNotification(one: Notification): Description {
  switch (one.kind) {
    case 'mention':
    case 'reply': {
      const person = one.actor ?? GONE;
      return {
        href: threadPath(one.formulaId, one.threadId),
        person,
        subject: person.name,
        happened: one.kind === 'mention' ? 'mentioned you' : 'replied',
        detail: one.excerpt,
        place: one.about === null ? one.formulaName : `${one.formulaName} · ${one.about}`,
      };
    }
    case 'run.finished':
    case 'run.failed': {
      const { name, path } = RUN[one.noun];
      return {
        href: `${path}/${one.runId}`,
        person: null,
        subject: `Your ${name}`,
        happened: one.kind === 'run.finished' ? 'has finished' : 'has failed',
        detail: one.kind === 'run.failed' ? one.failure : '',
        place: one.formulaName,
      };
    }
    case 'bot.stopped':
      return {
        href: '/bots',
        person: null,
        subject: one.name,
        happened: 'was stopped by an error',
        detail: one.failure,
        place: 'Bots',
      };
    case 'invitation.accepted': {
      const person = one.actor ?? GONE;
      return {
        href: '/team',
        person,
        subject: person.name,
        happened: `accepted your invitation as ${one.role}`,
        detail: '',
        place: 'Team',
      };
    }
  }
}
