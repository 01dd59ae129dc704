import { describe, expect, it } from 'vitest';
import * as definitions from '#server/queue/definitions.ts';
import { JOBS, SCHEDULE } from './registry.ts';

const namesOf = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name).toSorted();
const registered = JOBS.map(({ definition }) => definition);

describe('the jobs', () => {
  it('are all registered, each once', () => {
    expect(namesOf(registered)).toEqual(namesOf(Object.values(definitions)));
  });

  it('that time causes are all registered, and take the payload that time gives', () => {
    for (const { task } of SCHEDULE) {
      const job = registered.find(({ name }) => name === task);
      expect(job, `${task} is scheduled and nobody runs it`).toBeDefined();
      expect(job?.payload.safeParse({}).success, task).toBe(true);
    }
  });

  it('that carry nothing are caused by time alone: each has its time, once', () => {
    const carryNothing = registered.filter(({ payload }) => payload.safeParse({}).success);
    expect(SCHEDULE.map(({ task }) => task).toSorted()).toEqual(namesOf(carryNothing));
  });

  it('are tried as often as their definition says, whoever adds them', () => {
    for (const { task, options } of SCHEDULE)
      expect(options.maxAttempts, task).toBe(registered.find(({ name }) => name === task)?.attempts);
  });
});
