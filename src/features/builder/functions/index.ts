export { BringCommand } from './bring-command.tsx';
export { FunctionBar } from './function-bar.tsx';
export { drawnIn, intoScope, standsOutside } from './into-scope.ts';
export { OpenFunctionProvider, useOpenFunction } from './provider.tsx';
export { useFunctionCommands } from './use-function-commands.tsx';
export { useLookedAtCall } from './use-looked-at-call.ts';
