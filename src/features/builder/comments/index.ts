export { BesidePopover } from './beside-popover.tsx';
export { CommentsPanel } from './comments-panel.tsx';
export { NodeMark } from './node-mark.tsx';
export { BuilderComments, NoBuilderComments, useCommentPlaces } from './provider.tsx';
export { RevealThread } from './reveal-thread.tsx';
export { useCommentCommands } from './use-comment-commands.tsx';
export { useWhenWanted } from './use-when-wanted.ts';
