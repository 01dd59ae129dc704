const bold = (text: string) => (process.stdout.isTTY ? `\u001B[1m${text}\u001B[22m` : text);
const dim = (text: string) => (process.stdout.isTTY ? `\u001B[2m${text}\u001B[22m` : text);

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** One line to the person at the terminal. */
export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Says what is being done, does it, and says how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  printLine(`  ${title} …`);
  try {
    const value = await work();
    printLine(`  ${title} ${dim(`done in ${seconds(since)}`)}`);
    return value;
  } catch (error) {
    printLine(`  ${bold(`${title} failed`)} ${dim(`after ${seconds(since)}`)}`);
    throw error;
  }
}

export { bold, dim };
