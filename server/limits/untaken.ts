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

  /** The answer in pieces, each handed on when the one before is taken; it counts until then. One that nobody takes ends with its connection. */
  inPieces(payer: string, body: Uint8Array): ReadableStream<Uint8Array> {
    this.counts.set(payer, this.count(payer) + 1);
    let at = 0;
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      if (at > body.length) return;
      at = body.length + 1;
      const left = this.count(payer) - 1;
      if (left > 0) this.counts.set(payer, left);
      else this.counts.delete(payer);
    };
    return new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          clearTimeout(timer);
          if (at > body.length) return;
          controller.enqueue(body.subarray(at, at + UNTAKEN.large));
          at += UNTAKEN.large;
          if (at >= body.length) {
            at = body.length;
            end();
            return controller.close();
          }
          timer = setTimeout(() => {
            end();
            controller.error(new Error('The answer was not taken in time.'));
          }, UNTAKEN.pieceMs).unref();
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    );
  }
}
