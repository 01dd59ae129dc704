import { Skeleton } from '#ui/feedback/skeleton.tsx';
import { Logo } from '#ui/layout/logo.tsx';

export const ShellSkeleton = () => (
  <div className="flex h-dvh" role="status" aria-label="Loading Alphaloom">
    <div className="hidden w-56 shrink-0 space-y-2 border-r p-3 md:block">
      <div className="flex h-9 items-center px-1">
        <Logo />
      </div>
      {Array.from({ length: 6 }, (_, item) => (
        <Skeleton key={item} className="h-7" />
      ))}
    </div>
    <div className="flex-1 space-y-3 p-6">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-40" />
    </div>
  </div>
);
