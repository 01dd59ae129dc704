/** The last `size` pairs of values. */
export interface PairRing {
  readonly memory: readonly Float64Array[];
  isFull(): boolean;
  push(x: number, y: number): void;
  clear(): void;
  oldestX(): number;
  oldestY(): number;
}

export function pairRing(size: number): PairRing {
  // The values of either side, then: where the next goes, how many.
  const memory = new Float64Array(2 * size + 2);
  const [at, count] = [2 * size, 2 * size + 1];
  return {
    memory: [memory],
    isFull: () => memory[count] === size,
    push: (x, y) => {
      const slot = memory[at] ?? 0;
      memory[slot] = x;
      memory[size + slot] = y;
      memory[at] = slot + 1 === size ? 0 : slot + 1;
      memory[count] = Math.min((memory[count] ?? 0) + 1, size);
    },
    clear: () => memory.fill(0),
    oldestX: () => memory[memory[at] ?? 0] ?? 0,
    oldestY: () => memory[size + (memory[at] ?? 0)] ?? 0,
  };
}
