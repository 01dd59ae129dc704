/** What the browser says of its network. */
export interface Network {
  isUp(): boolean;
  subscribe(listener: () => void): () => void;
}
