import type { CsvProblem } from '#core/market/csv-problems.ts';

/** Why the server took nothing of a file. */
export interface FileRefusal {
  readonly message: string;
  readonly problems: readonly CsvProblem[];
  readonly problemCount: number;
}

/**
 * Sends a file of bars; null when the server can't be reached. XMLHttpRequest rather than fetch, since only it tells
 * how much has been sent.
 */
export function sendFile(
  address: string,
  file: File,
  onProgress: (fraction: number) => void,
): Promise<{ readonly status: number; readonly answer: unknown } | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'text/csv');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) =>
      onProgress(event.total > 0 ? event.loaded / event.total : 0),
    );
    request.addEventListener('load', () => resolve({ status: request.status, answer: request.response }));
    request.addEventListener('error', () => resolve(null));
    request.send(file);
  });
}

/** What an answer says of a file that was refused; `otherwise` where it says nothing. */
export function readRefusal(body: Readonly<Record<string, unknown>>, otherwise: string): FileRefusal {
  const problems = Array.isArray(body['problems']) ? body['problems'].filter(isProblem) : [];
  return {
    message: typeof body['message'] === 'string' ? body['message'] : otherwise,
    problems,
    problemCount: typeof body['problemCount'] === 'number' ? body['problemCount'] : problems.length,
  };
}

const isProblem = (value: unknown): value is CsvProblem =>
  typeof value === 'object' &&
  value !== null &&
  'count' in value &&
  typeof value.count === 'number' &&
  'line' in value &&
  typeof value.line === 'number' &&
  'message' in value &&
  typeof value.message === 'string';
