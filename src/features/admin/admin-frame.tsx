'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useSession } from '#features/shell/index.ts';
import { Problem } from '#ui/feedback/problem.tsx';
import { cx } from '#ui/format/cx.ts';
import { PageHeader } from '#ui/layout/page-header.tsx';

const PARTS = [
  { href: '/admin', title: 'Overview' },
  { href: '/admin/users', title: 'Users' },
  { href: '/admin/organisations', title: 'Organisations' },
  { href: '/admin/jobs', title: 'Jobs' },
  { href: '/admin/mail', title: 'Mail' },
  { href: '/admin/audit', title: 'Audit' },
] as const;

/** Around the pages for those who look after the installation; the server refuses everybody else too. */
export function AdminFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { isPlatformAdmin } = useSession();
  const pathname = usePathname();
  if (!isPlatformAdmin)
    return (
      <>
        <PageHeader title={title} />
        <Problem title="This is for those who look after the installation" className="mx-4 md:mx-6">
          Whoever starts the server names them by ADMIN_EMAILS.
        </Problem>
      </>
    );
  return (
    <>
      <PageHeader title={title}>Of the whole installation, whatever organisation you work in.</PageHeader>
      <nav aria-label="Installation" className="flex gap-4 overflow-x-auto border-b px-4 md:px-6">
        {PARTS.map((part) => (
          <Link
            key={part.href}
            href={part.href}
            aria-current={pathname === part.href ? 'page' : undefined}
            className={cx(
              '-mb-px flex h-9 items-center border-b-2 font-medium whitespace-nowrap',
              pathname === part.href ? 'border-accent-text' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {part.title}
          </Link>
        ))}
      </nav>
      <div className="space-y-4 px-4 py-4 pb-8 md:px-6">{children}</div>
    </>
  );
}
