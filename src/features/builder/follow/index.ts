export { FollowFrame } from './follow-frame.tsx';
export { FollowingProvider, useFollowing, windowOf } from './provider.tsx';
