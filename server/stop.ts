/** Things to end, in the reverse of the order in which they were started. */
export class Stops {
  readonly #stops: { name: string; stop: () => Promise<void> }[] = [];
  #stopping: Promise<void> | undefined;

  add(name: string, stop: () => Promise<void>): void {
    this.#stops.push({ name, stop });
  }

  /** Ends everything once; a second call waits for the first. A part that fails to end does not keep the others. */
  stop(onFailure: (name: string, error: unknown) => void): Promise<void> {
    this.#stopping ??= (async () => {
      for (const { name, stop } of this.#stops.toReversed())
        await stop().catch((error: unknown) => onFailure(name, error));
    })();
    return this.#stopping;
  }
}
