import { UNTAKEN } from '#server/policies/limits.ts';
import { tooMany } from './too-many.ts';

/** Large answers that are in memory because those who asked for them have not taken them yet, by who pays. */
export class Untaken {
  private readonly counts = new Map<string, number>();

  /** Throws RATE_LIMITED when somebody asks for more before they have taken what they asked for. Call it before the work. */
  refuseMore(payer: string, kind: 'heavy' | 'any'): void {
    if (this.count(payer) >= UNTAKEN[kind]) throw tooMany({ what: 'Earlier answers have not been taken yet' }, 5_000);
  }

  count(payer: string): number {
    return this.counts.get(payer) ?? 0;
  }

  /**
   * The answer in pieces, each handed on when the one before is taken. The answer counts until all of it is taken, until `gone` says that the asker has
   * left, or until nobody has taken a piece for `UNTAKEN.pieceMs`: whoever hands the pieces on may neither pull nor cancel for an asker who has left.
   */
  inPieces(payer: string, body: Uint8Array, gone: AbortSignal): ReadableStream<Uint8Array> {
    this.counts.set(payer, this.count(payer) + 1);
    let isCounted = true;
    let at = 0;
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', end);
      if (!isCounted) return;
      isCounted = false;
      const left = this.count(payer) - 1;
      if (left > 0) this.counts.set(payer, left);
      else this.counts.delete(payer);
    };
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          if (gone.aborted) return end();
          gone.addEventListener('abort', end);
          timer = setTimeout(() => giveUp(controller), UNTAKEN.pieceMs).unref();
        },
        pull: (controller) => {
          clearTimeout(timer);
          controller.enqueue(body.subarray(at, at + UNTAKEN.large));
          at += UNTAKEN.large;
          if (at >= body.length) {
            end();
            return controller.close();
          }
          timer = setTimeout(() => giveUp(controller), UNTAKEN.pieceMs).unref();
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    );

    function giveUp(controller: ReadableStreamDefaultController<Uint8Array>): void {
      end();
      controller.error(new Error('The answer was not taken in time.'));
    }
  }
}
