/**
 * Does `work` once what is going on now is over, once for however many times it is asked: a plugin of the editor may
 * not change it while it updates.
 */
export class Soon {
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(work: () => void) {
    this.#work = work;
  }

  ask(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#work();
    });
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
