export interface CsvProblem {
  /** The first line that has it, counted from 1, the header being one of them. */
  readonly line: number;
  readonly message: string;
  /** How many lines have it. */
  readonly count: number;
}

/** Why a file is not read. */
export interface CsvRefusal {
  /** One for each reason, the first hundred. */
  readonly problems: readonly CsvProblem[];
  /** Lines that are not right. */
  readonly problemCount: number;
  /** What somebody has to say so that the file can be read. */
  readonly asks?: 'times' | 'decimals';
}

const MOST_REASONS = 100;

/** Problems of lines: problems that differ only in their figures are one reason, shown with the first line. */
export class CsvProblems {
  readonly #reasons = new Map<string, { readonly line: number; readonly message: string; count: number }>();
  count = 0;

  add(line: number, message: string): void {
    this.count += 1;
    const reason = message.replaceAll(/"[^"]*"|[\d.,]*\d/g, '#');
    const known = this.#reasons.get(reason);
    if (known) known.count += 1;
    else if (this.#reasons.size < MOST_REASONS) this.#reasons.set(reason, { line, message, count: 1 });
  }

  finish(): CsvRefusal {
    return { problems: [...this.#reasons.values()].sort((a, b) => a.line - b.line), problemCount: this.count };
  }
}

/** A problem, and that it is not the only one of its kind. */
export const problemText = ({ message, count }: Pick<CsvProblem, 'message' | 'count'>): string =>
  count === 1
    ? message
    : `${message} So it is in ${(count - 1).toLocaleString('en')} more ${count === 2 ? 'line' : 'lines'}.`;
