import { expect, test } from 'vitest';
import { createEmitter } from './emitter.ts';

test('who begins or ends while a value is sent counts from the next value on', () => {
  const { emit, subscribe } = createEmitter<number>();
  const heard: string[] = [];
  const end = subscribe((value) => {
    heard.push(`a${value}`);
    end();
    subscribe((later) => heard.push(`b${later}`));
  });
  subscribe((value) => heard.push(`c${value}`));
  emit(1);
  emit(2);
  expect(heard).toEqual(['a1', 'c1', 'c2', 'b2']);
});

test('a function that subscribes twice hears twice, and each subscription ends by itself', () => {
  const { emit, subscribe, hasListeners, clear } = createEmitter<void>();
  let count = 0;
  const listen = () => void (count += 1);
  const [end] = [subscribe(listen), subscribe(listen)];
  emit();
  end();
  end();
  emit();
  expect([count, hasListeners()]).toEqual([3, true]);
  clear();
  expect(hasListeners()).toBe(false);
});
