import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { describeNotification, type Notification } from './describe-notification.ts';

const common = { id: idOf('notification', 'n'), createdAt: 0, isRead: false };
const formula = { formulaId: idOf('formula', 'f'), formulaName: 'Golden cross' };
const actor = { id: idOf('user', 'b'), name: 'Ben' };
const comment = { ...common, ...formula, threadId: idOf('thread', 't'), about: 'fast', excerpt: 'Look', actor };

const CASES: readonly (readonly [Notification, said: string, href: string])[] = [
  [{ ...comment, kind: 'mention' }, 'Ben mentioned you', '/formulas/f?thread=t'],
  [{ ...comment, kind: 'reply', actor: null }, 'someone who has left replied', '/formulas/f?thread=t'],
  [
    { ...common, ...formula, kind: 'run.finished', noun: 'sweep', runId: idOf('sweep', 'r') },
    'Your sweep has finished',
    '/sweeps/r',
  ],
  [
    { ...common, ...formula, kind: 'run.failed', noun: 'backtest', runId: idOf('backtest', 'r'), failure: 'No bars.' },
    'Your backtest has failed',
    '/backtests/r',
  ],
  [
    { ...common, kind: 'bot.stopped', botId: idOf('bot', 'b'), name: 'Nightly', failure: 'The feed is gone.' },
    'Nightly was stopped by an error',
    '/bots',
  ],
  [
    { ...common, kind: 'invitation.accepted', actor, role: 'editor' },
    'Ben accepted your invitation as editor',
    '/team',
  ],
];

describe('a notification', () => {
  it.each(CASES)('%j says what happened and leads there', (notification, said, href) => {
    const description = describeNotification(notification);
    expect(`${description.subject} ${description.happened}`).toBe(said);
    expect(description.href).toBe(href);
  });
});
