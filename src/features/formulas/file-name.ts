/** A formula's name as that of a file on any system. */
export const fileNameOf = (name: string): string =>
  name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-').replace(/^[. ]+|[. ]+$/g, '') || 'formula';
