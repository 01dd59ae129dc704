import { AppError } from '#server/errors.ts';

/** The whole body, counted as it comes, whatever its headers say. Throws TOO_LARGE beyond `most` bytes, having read no more than that. */
export async function readBody(request: Request, most: number, tooLarge: string): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new AppError('TOO_LARGE', tooLarge);
  if (!request.body) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length;
    if (bytes > most) {
      // Not waited for: the other side may never end.
      reader.cancel().catch(() => undefined);
      throw new AppError('TOO_LARGE', tooLarge);
    }
    pieces.push(piece.value);
  }
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
