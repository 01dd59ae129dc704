interface Content {
  readonly versionNumber: number | null;
  readonly contentHash: string;
}

/** What a run was of: a version that somebody named, or the draft of then by its content. */
export const formatVersion = ({ versionNumber, contentHash }: Content): string =>
  versionNumber === null ? `draft ${contentHash.slice(0, 6)}` : `v${versionNumber}`;
