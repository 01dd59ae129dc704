/** What may be right within a series of bars and seldom is, in words with the figures. */
export interface OddBar {
  readonly kind: 'jump' | 'spike' | 'hole' | 'out-of-place';
  /** The bar that it is about, counted from 0. */
  readonly bar: number;
  readonly message: string;
}
