/** Memory as people read it: `12 MB`, `1.5 GB`. */
export const bytesInWords = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
