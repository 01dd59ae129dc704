export type LiveState = 'live' | 'connecting' | 'offline';
