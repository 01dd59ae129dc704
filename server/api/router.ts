import { me } from './session/me.ts';
import { register } from './session/register.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { switchTo } from './session/switch.ts';
import { router } from './trpc.ts';

/** Every procedure, by noun and verb. */
export const appRouter = router({
  session: router({ me, register, signIn, signOut, switch: switchTo }),
});

export type AppRouter = typeof appRouter;
