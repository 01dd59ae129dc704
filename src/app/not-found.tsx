import { Compass } from 'lucide-react';
import { Trouble } from '#features/shell/index.ts';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Trouble icon={<Compass />} title="There is nothing here" isPage>
      The address leads nowhere: it was mistyped, or what was here is gone.
    </Trouble>
  );
}
