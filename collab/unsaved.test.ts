import { describe, expect, it } from 'vitest';
import { Unsaved } from './unsaved.ts';

const row = (id: string) => ({ id, bytes: Uint8Array.of(0) });

describe('Unsaved', () => {
  it('counts what the server has not confirmed, and says what it has', () => {
    const unsaved = new Unsaved();
    unsaved.add(row('a'), true);
    unsaved.add(row('b'), true);
    expect(unsaved.confirm(1)).toEqual([row('a')]);
    expect(unsaved.count).toBe(1);
    expect(unsaved.confirm(2)).toEqual([row('b')]);
    expect(unsaved.count).toBe(0);
  });

  it('keeps what was made offline until the message that carries it all is confirmed', () => {
    const unsaved = new Unsaved();
    unsaved.add(row('a'), true);
    unsaved.restart();
    unsaved.add(row('b'), false);
    unsaved.add(row('c'), true);
    unsaved.sendAll();
    unsaved.confirm(1);
    expect(unsaved.rows).toEqual([row('a'), row('b')]);
    unsaved.confirm(2);
    expect(unsaved.count).toBe(0);
  });

  it('keeps what the server did not take', () => {
    const unsaved = new Unsaved();
    unsaved.add(row('a'), true);
    unsaved.add(row('b'), true);
    unsaved.keep(1);
    unsaved.confirm(2);
    expect(unsaved.count).toBe(1);
    unsaved.sendAll();
    unsaved.confirm(3);
    expect(unsaved.count).toBe(0);
  });

  it('counts what an earlier tab has left until the first message that carries it is confirmed', () => {
    const unsaved = new Unsaved([row('a'), row('b')]);
    unsaved.restart();
    unsaved.confirm(0);
    expect(unsaved.count).toBe(2);
    unsaved.sendAll();
    expect(unsaved.confirm(1)).toEqual([row('a'), row('b')]);
  });
});
