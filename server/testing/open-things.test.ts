import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { expect, test } from 'vitest';
import { leftBehind, openThings } from './open-things.ts';

test('a timer, a server, a socket and a listener are seen while they are open, and not behind that', async () => {
  const before = openThings();
  expect(leftBehind(before, openThings())).toEqual([]);

  const timer = setInterval(() => undefined, 60_000);
  const listener = (): void => undefined;
  process.on('SIGUSR2', listener);
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0);
  await once(socket, 'connect');
  const left = leftBehind(before, openThings());
  expect(left).toEqual(
    expect.arrayContaining([
      '1 × Timeout',
      '1 × TCPServerWrap',
      expect.stringMatching(/^\d × TCPSocketWrap$/),
      '1 × listener for SIGUSR2 of the process',
    ]),
  );

  clearInterval(timer);
  process.off('SIGUSR2', listener);
  socket.destroy();
  server.close();
  await Promise.all([once(socket, 'close'), once(server, 'close')]);
  await expect.poll(() => leftBehind(before, openThings()).filter((what) => !/Timeout/.test(what))).toEqual([]);
});

test('a timer that keeps nothing alive is no leak', () => {
  const before = openThings();
  const timer = setInterval(() => undefined, 60_000).unref();
  expect(leftBehind(before, openThings())).toEqual([]);
  clearInterval(timer);
});
