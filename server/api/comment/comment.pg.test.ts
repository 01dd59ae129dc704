import { beforeEach, describe, expect, it } from 'vitest';
import { toFormula } from '#collab/to-formula.ts';
import { LONGEST_BODY, mention } from '#core/comment/body.ts';
import { idOf, type FormulaId, type ThreadId } from '#core/requests/ids.ts';
import { readStored } from '#server/compute/formula/read-stored.ts';
import { asSystem } from '#server/db/database.ts';
import { loadDocument } from '#server/db/queries/documents.ts';
import { auditLog, comments } from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';

const CODE = 'line = sma(close, 20)\n\nbuy(when: close > line)\n';

const api = testApi();
let ada: Person;
let ben: Person;
let vera: Person;
let asAda: Caller;
let asBen: Caller;
let asVera: Caller;
let formulaId: FormulaId;

beforeEach(async () => {
  const orgId = await createOrganisation(api.db);
  [ada, ben, vera] = [
    await createMember(api.db, orgId, 'editor'),
    await createMember(api.db, orgId, 'reviewer'),
    await createMember(api.db, orgId, 'viewer'),
  ];
  [asAda, asBen, asVera] = [callAs(api.runtime, ada), callAs(api.runtime, ben), callAs(api.runtime, vera)];
  formulaId = (await asAda.formula.create({ name: 'Trend', code: CODE })).id;
});

const newThread = () => idOf('thread', crypto.randomUUID());
const newComment = () => idOf('comment', crypto.randomUUID());

async function start(
  caller: Caller,
  body: string,
  anchor: { kind: 'formula' } | { kind: 'node'; nodeId: string } = { kind: 'formula' },
) {
  const ids = { threadId: newThread(), commentId: newComment() };
  await caller.comment.start({ formulaId, anchor, body, ...ids });
  return ids;
}

async function reply(caller: Caller, threadId: ThreadId, body: string): Promise<string> {
  const commentId = newComment();
  await caller.comment.reply({ threadId, commentId, body });
  return commentId;
}

const threads = async () => (await asVera.comment.list({ formulaId })).threads;

/** The id of the node of that name in the shared document. */
async function nodeNamed(name: string): Promise<string> {
  const stored = await asSystem(api.db, (tx) => loadDocument(tx, formulaId));
  return (
    Object.entries(toFormula(readStored(stored ?? { updates: [] })).formula.nodes).find(
      ([, node]) => node.name === name,
    )?.[0] ?? ''
  );
}

describe('a thread', () => {
  it('of more comments than are shown says that the older are left out', async () => {
    const { threadId } = await start(asBen, 'the first');
    await asSystem(api.db, (tx) =>
      tx.insert(comments).values(
        Array.from({ length: 2000 }, () => ({
          id: newComment(),
          orgId: ben.orgId,
          threadId,
          authorId: ben.userId,
          body: 'and',
          createdAt: new Date(Date.now() + 1000),
        })),
      ),
    );
    const listed = await asVera.comment.list({ formulaId });
    expect(listed.isCut).toBe(true);
    expect(listed.threads[0]?.comments).toHaveLength(2000);
    expect(listed.threads[0]?.comments.map(({ body }) => body)).not.toContain('the first');
  });

  it('is begun by a reviewer and read by everybody', async () => {
    const { threadId, commentId } = await start(asBen, ' Why 20? ');
    expect(await asVera.comment.list({ formulaId })).toEqual({
      isCut: false,
      threads: [
        {
          id: threadId,
          anchor: { kind: 'formula' },
          createdAt: expect.any(Number),
          updatedAt: expect.any(Number),
          resolved: null,
          comments: [
            {
              id: commentId,
              authorId: ben.userId,
              body: 'Why 20?',
              createdAt: expect.any(Number),
              editedAt: null,
              isDeleted: false,
            },
          ],
        },
      ],
      names: { [ben.userId]: ben.name },
    });
  });

  it('keeps what its node was', async () => {
    const nodeId = await nodeNamed('line');
    await start(asBen, 'Why 20?', { kind: 'node', nodeId });
    expect((await threads())[0]?.anchor).toEqual({
      kind: 'node',
      nodeId,
      about: { label: 'line', code: 'line = sma(close, 20)' },
    });
  });

  it('is not begun on a node that is not there', async () => {
    await expect(start(asBen, 'Why?', { kind: 'node', nodeId: 'nobody' })).rejects.toThrow(
      /not in the strategy any more/,
    );
    expect(await threads()).toEqual([]);
  });

  it('goes on in its order, the last active thread first', async () => {
    const first = await start(asAda, 'One');
    const second = await start(asAda, 'Two');
    await reply(asBen, first.threadId, 'Three');
    await reply(asAda, first.threadId, 'Four');
    expect((await threads()).map(({ id, comments }) => [id, comments.map(({ body }) => body)])).toEqual([
      [first.threadId, ['One', 'Three', 'Four']],
      [second.threadId, ['Two']],
    ]);
  });

  it('is resolved and taken up again, by whoever may comment', async () => {
    const { threadId } = await start(asAda, 'Why?');
    await asBen.comment.resolve({ threadId, resolved: true });
    expect((await threads())[0]?.resolved).toEqual({ at: expect.any(Number), by: ben.userId });
    await asAda.comment.resolve({ threadId, resolved: false });
    expect((await threads())[0]?.resolved).toBeNull();
  });

  it('says once what is sent twice', async () => {
    const ids = { threadId: newThread(), commentId: newComment() };
    const input = { formulaId, anchor: { kind: 'formula' }, body: `Look, ${mention(ben.userId)}`, ...ids } as const;
    await asAda.comment.start(input);
    await asAda.comment.start(input);
    const again = { threadId: ids.threadId, commentId: newComment(), body: 'And?' };
    await Promise.all([asAda.comment.reply(again), asAda.comment.reply(again)]);
    expect((await threads()).map(({ comments }) => comments.map(({ body }) => body))).toEqual([[input.body, 'And?']]);
    expect((await asBen.notification.list()).unread).toBe(2);
    const acts = await asSystem(api.db, (tx) =>
      tx.select({ org: auditLog.orgId, action: auditLog.action }).from(auditLog),
    );
    expect(acts.filter(({ org, action }) => org === ada.orgId && action === 'comment.written')).toHaveLength(2);
  });

  it('does not take over a thread or a comment of the same id', async () => {
    const { threadId, commentId } = await start(asAda, 'Mine');
    await expect(asBen.comment.reply({ threadId, commentId, body: 'Mine' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const other = (await asAda.formula.create({ name: 'Other', code: CODE })).id;
    await expect(
      asAda.comment.start({
        formulaId: other,
        anchor: { kind: 'formula' },
        threadId,
        commentId: newComment(),
        body: 'x',
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const stranger = callAs(api.runtime, await createMember(api.db, await createOrganisation(api.db), 'owner'));
    const theirs = (await stranger.formula.create({ name: 'Theirs', code: CODE })).id;
    await expect(
      stranger.comment.start({
        formulaId: theirs,
        anchor: { kind: 'formula' },
        threadId,
        commentId: newComment(),
        body: 'x',
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('goes with its formula', async () => {
    await start(asAda, `Look, ${mention(ben.userId)}`);
    await asSystem(api.db, (tx) => tx.execute(`delete from formulas where id = '${formulaId}'`));
    expect((await asBen.notification.list()).notifications).toEqual([]);
  });
});

describe('one’s own comment', () => {
  it('is edited, and says so', async () => {
    const { commentId } = await start(asAda, 'Whi 20?');
    await asAda.comment.edit({ id: commentId, body: 'Why 20?' });
    expect((await threads())[0]?.comments).toMatchObject([{ body: 'Why 20?', editedAt: expect.any(Number) }]);
  });

  it('is deleted: nothing of it stays but its place, and nothing at all of a thread in which nothing is left', async () => {
    const { threadId, commentId } = await start(asAda, `Secret, ${mention(ben.userId)}`);
    const second = await reply(asBen, threadId, 'Pardon?');
    await asAda.comment.remove({ id: commentId });
    expect((await threads())[0]?.comments).toMatchObject([
      { body: '', isDeleted: true },
      { body: 'Pardon?', isDeleted: false },
    ]);
    expect(await asBen.notification.list()).toEqual({ unread: 0, notifications: [] });
    await expect(asAda.comment.edit({ id: commentId, body: 'Back' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await asBen.comment.remove({ id: second });
    expect(await threads()).toEqual([]);
    await expect(reply(asAda, threadId, 'Anybody?')).rejects.toThrow(/Begin a new one/);
  });

  it('is nobody else’s to change, whatever their role', async () => {
    const { commentId } = await start(asBen, 'Mine');
    await expect(asAda.comment.edit({ id: commentId, body: 'Ours' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(asAda.comment.remove({ id: commentId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await threads())[0]?.comments).toMatchObject([{ body: 'Mine' }]);
  });

  it.each([
    ['', /Write something/],
    [' \n ', /Write something/],
    ['\u0000', /can not be shown/],
    ['x'.repeat(LONGEST_BODY + 1), /at most 4,000 characters/],
  ])('is not %j', async (body, message) => {
    await expect(start(asAda, body)).rejects.toThrow(message);
    const { threadId, commentId } = await start(asAda, 'Fine');
    await expect(reply(asAda, threadId, body)).rejects.toThrow(message);
    await expect(asAda.comment.edit({ id: commentId, body })).rejects.toThrow(message);
  });
});

describe('a viewer', () => {
  it('reads and can write nothing', async () => {
    const { threadId, commentId } = await start(asAda, 'Look');
    expect(await threads()).toHaveLength(1);
    for (const attempt of [
      start(asVera, 'x'),
      reply(asVera, threadId, 'x'),
      asVera.comment.edit({ id: commentId, body: 'x' }),
      asVera.comment.remove({ id: commentId }),
      asVera.comment.resolve({ threadId, resolved: true }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('a mention', () => {
  it('tells the person who, where and what, once', async () => {
    const { threadId } = await start(asAda, `Look, ${mention(ben.userId)}, ${mention(ben.userId)}!`, {
      kind: 'node',
      nodeId: await nodeNamed('line'),
    });
    expect(await asBen.notification.list()).toEqual({
      unread: 1,
      notifications: [
        {
          id: expect.any(String),
          kind: 'mention',
          isRead: false,
          createdAt: expect.any(Number),
          threadId,
          formulaId,
          formulaName: 'Trend',
          about: 'line',
          actor: { id: ada.userId, name: ada.name },
          excerpt: `Look, @${ben.name}, @${ben.name}!`,
        },
      ],
    });
    expect((await asVera.notification.list()).notifications).toEqual([]);
  });

  it('reaches viewers too, and nobody of their own', async () => {
    await start(asAda, `${mention(vera.userId)} ${mention(ada.userId)}`);
    expect((await asVera.notification.list()).unread).toBe(1);
    expect((await asAda.notification.list()).unread).toBe(0);
  });

  it('is of members only', async () => {
    const stranger = await createMember(api.db, await createOrganisation(api.db), 'owner');
    await expect(start(asAda, mention(stranger.userId))).rejects.toThrow(/not in your organisation/);
    const { commentId } = await start(asAda, 'Fine');
    await expect(asAda.comment.edit({ id: commentId, body: mention(stranger.userId) })).rejects.toThrow(
      /not in your organisation/,
    );
    expect((await callAs(api.runtime, stranger).notification.list()).notifications).toEqual([]);
  });

  it('that is added later tells whom it adds', async () => {
    const { commentId } = await start(asAda, `Look, ${mention(ben.userId)}`);
    await asAda.comment.edit({ id: commentId, body: `Look, ${mention(ben.userId)} and ${mention(vera.userId)}` });
    expect((await asBen.notification.list()).unread).toBe(1);
    expect((await asVera.notification.list()).notifications).toMatchObject([{ kind: 'mention' }]);
  });

  it('outlives the membership of whom it names', async () => {
    const { commentId } = await start(asAda, `Look, ${mention(ben.userId)}`);
    const admin = callAs(api.runtime, await createMember(api.db, ada.orgId, 'owner'));
    await admin.team.removeMember({ userId: ben.userId });
    expect((await asAda.comment.list({ formulaId })).names[ben.userId]).toBe(ben.name);
    await asAda.comment.edit({ id: commentId, body: `Look here, ${mention(ben.userId)}` });
    await expect(start(asAda, mention(ben.userId))).rejects.toThrow(/not in your organisation/);
  });
});

describe('notifications', () => {
  it('tell those who take part in a thread of replies', async () => {
    const { threadId } = await start(asAda, `Look, ${mention(vera.userId)}`);
    await reply(asBen, threadId, 'Seen');
    expect((await asAda.notification.list()).notifications).toMatchObject([
      { kind: 'reply', excerpt: 'Seen', actor: { id: ben.userId } },
    ]);
    expect((await asVera.notification.list()).notifications).toMatchObject([{ kind: 'reply' }, { kind: 'mention' }]);
    expect((await asBen.notification.list()).notifications).toEqual([]);
  });

  it('are marked as read one by one, by thread and all at once; only one’s own', async () => {
    const first = await start(asAda, mention(ben.userId));
    await reply(asAda, first.threadId, 'More');
    await start(asAda, mention(ben.userId));
    await start(asAda, mention(ben.userId));
    const unread = async () => (await asBen.notification.list()).unread;
    expect(await unread()).toBe(4);
    const [newest] = (await asBen.notification.list()).notifications;
    await asVera.notification.markRead({ id: newest?.id ?? '' });
    await asVera.notification.markRead('all');
    expect(await unread()).toBe(4);
    await asBen.notification.markRead({ id: newest?.id ?? '' });
    expect(await unread()).toBe(3);
    await asBen.notification.markRead({ threadId: first.threadId });
    expect(await unread()).toBe(1);
    await asBen.notification.markRead('all');
    expect(await unread()).toBe(0);
    expect((await asBen.notification.list()).notifications.every(({ isRead }) => isRead)).toBe(true);
  });

  it('do not cross from one organisation into another that the person works in', async () => {
    await start(asAda, mention(ben.userId));
    const elsewhere = await createMember(api.db, await createOrganisation(api.db), 'owner');
    const benElsewhere = callAs(api.runtime, { ...ben, orgId: elsewhere.orgId });
    expect(await benElsewhere.notification.list()).toEqual({ unread: 0, notifications: [] });
    await benElsewhere.notification.markRead('all');
    expect((await asBen.notification.list()).unread).toBe(1);
  });
});

describe('live', () => {
  /** The kinds of the first events that a person's browser gets while `work` is done, up to one that says `until`. */
  async function eventsOf(actor: Person, work: () => Promise<unknown>, until: string): Promise<string[]> {
    const { sequence } = await lastEvent();
    const kinds: string[] = [];
    await work();
    const stream = await callAs(api.runtime, actor).live.events({ lastEventId: String(sequence) });
    for await (const [, event] of stream as AsyncIterable<[string, { kind: string }]>) {
      kinds.push(event.kind);
      if (event.kind === until) break;
    }
    return kinds;
  }
  const lastEvent = async (): Promise<{ sequence: number }> => {
    const [row] = await asSystem(api.db, (tx) =>
      tx.execute<{ sequence: string }>(`select max(sequence) as sequence from events where org_id = '${ada.orgId}'`),
    );
    return { sequence: Number(row?.sequence ?? 0) };
  };

  it('everybody hears of a comment, and only who is told hears that they are', async () => {
    const work = async () => {
      await start(asAda, `Look, ${mention(ben.userId)}`);
      await asAda.formula.rename({ id: formulaId, name: 'The end' });
    };
    expect(await eventsOf(ben, work, 'formula.changed')).toEqual([
      'comment.changed',
      'notification.changed',
      'formula.changed',
    ]);
    expect(await eventsOf(vera, work, 'formula.changed')).toEqual(['comment.changed', 'formula.changed']);
  });
});
