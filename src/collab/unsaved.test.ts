import { describe, expect, it } from 'vitest';
import { Unsaved } from './unsaved.ts';

describe('Unsaved', () => {
  it('counts what the server has not confirmed', () => {
    const unsaved = new Unsaved();
    unsaved.add(true);
    unsaved.add(true);
    unsaved.confirm(1);
    expect(unsaved.count).toBe(1);
    unsaved.confirm(2);
    expect(unsaved.count).toBe(0);
  });

  it('keeps what was made offline until the message that carries it all is confirmed', () => {
    const unsaved = new Unsaved();
    unsaved.add(true);
    unsaved.restart();
    unsaved.add(false);
    unsaved.add(true);
    unsaved.sendAll();
    unsaved.confirm(1);
    expect(unsaved.count).toBe(2);
    unsaved.confirm(2);
    expect(unsaved.count).toBe(0);
  });

  it('keeps what the server did not take', () => {
    const unsaved = new Unsaved();
    unsaved.add(true);
    unsaved.add(true);
    unsaved.keep(1);
    unsaved.confirm(2);
    expect(unsaved.count).toBe(1);
    unsaved.sendAll();
    unsaved.confirm(3);
    expect(unsaved.count).toBe(0);
  });
});
