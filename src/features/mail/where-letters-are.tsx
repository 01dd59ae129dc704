import { Notice } from '#ui/feedback/notice.tsx';

/**
 * Where nobody has set up a mail server, letters are files of the server: whoever tries things out finds them there.
 */
export const WhereLettersAre = ({ post }: { readonly post: 'smtp' | 'files' }) =>
  post === 'files' ? (
    <Notice title="This server sends no mail yet">
      Letters stand as files in the folder <code>.data/mail</code> of the server. Whoever runs it can set{' '}
      <code>SMTP_URL</code> and <code>MAIL_FROM</code>.
    </Notice>
  ) : null;
