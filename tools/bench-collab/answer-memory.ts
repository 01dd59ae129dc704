/** Lets the process that started this one ask how much memory it uses, once what is not needed is collected. */
export function answerMemory(): void {
  process.on('message', () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    process.send?.(heapUsed + external);
  });
  process.send?.('ready');
}
