import type { Diagnostic, Fix, Span } from '../model/diagnostic.ts';
import type { NodeId } from '../model/formula.ts';

/**
 * More problems of one text than this are not told: nobody reads them, and the rest of such a text is not worth
 * reading.
 */
export const MOST_PROBLEMS = 200;

interface About {
  readonly nodeId?: NodeId;
  readonly port?: string;
  readonly fix?: Fix | undefined;
}

/** Collects the problems of a text, all of them errors, up to a bound. */
export class Problems {
  readonly #found: Diagnostic[] = [];

  get isFull(): boolean {
    return this.#found.length >= MOST_PROBLEMS;
  }

  /** `about` is asked for only while problems are still told: what makes a good message may take time. */
  add(code: string, span: Span, message: string | (() => string), { fix, ...about }: About = {}): void {
    if (this.isFull) return;
    const text = typeof message === 'string' ? message : message();
    this.#found.push({
      code,
      severity: 'error',
      message: text,
      span: plainSpan(span),
      ...about,
      ...(fix ? { fix } : {}),
    });
  }

  list(): readonly Diagnostic[] {
    return this.#found;
  }
}

/** The span alone, also of a token. */
export const plainSpan = (span: Span): Span =>
  'kind' in span ? { start: span.start, end: span.end, line: span.line, column: span.column } : span;
