import { ChevronDown } from 'lucide-react';
import { Button } from '../controls/button.tsx';

interface ShowOlderProps {
  /** Null when there is nothing older. */
  readonly onShow: (() => void) | null;
  readonly isLoading: boolean;
}

/** Stands behind a list that is in pages. */
export function ShowOlder({ onShow, isLoading }: ShowOlderProps) {
  if (!onShow) return null;
  return (
    <div className="flex justify-center border-t py-1.5">
      <Button size="sm" look="quiet" icon={<ChevronDown />} disabled={isLoading} onClick={onShow}>
        {isLoading ? 'Loading older…' : 'Show older'}
      </Button>
    </div>
  );
}
