'use client';

import { useState } from 'react';
import { useMaySend } from '#components/broadcast/use-may-send.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Sheet } from '#components/ui/sheet.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { Time } from '#components/ui/time.tsx';
import type { BroadcastView } from '#server/domain/broadcast/schema.ts';
import type { VersionView } from '#server/domain/review/schema.ts';
import { useHistory } from './use-history.ts';
import { VersionDetails } from './version-details.tsx';

type HistorySheetProps = { id: string; open: boolean; onOpenChange: (open: boolean) => void; onRestored: (draft: BroadcastView) => void };

/** How the draft stood before, who changed it, and the way back. */
export function HistorySheet({ id, open, onOpenChange, onRestored }: HistorySheetProps) {
  const history = useHistory(id, { isOpen: open, onRestored });
  const [chosen, setChosen] = useState<number | null>(null);
  const maySend = useMaySend();
  const { versions } = history;
  const selected = versions?.find(({ version }) => version === chosen) ?? versions?.[0];
  const current = versions?.[0];
  const previous = versions?.[versions.findIndex(({ version }) => version === selected?.version) + 1];
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="History" description="Changes of one person within five minutes are one version. A version with a name is kept as it is.">
      {history.failure ? <Alert family="danger" title="The history could not be read">{history.failure}</Alert> : null}
      {!versions && !history.failure ? <SkeletonRows label="Loading the history" /> : null}
      {versions?.length === 0 ? <p className="text-body text-muted-foreground">Nothing yet: it begins with the next change.</p> : null}
      {versions && selected && current ? (
        <div className="grid gap-5">
          <ul aria-label="Versions" className="grid max-h-64 gap-1 overflow-y-auto">
            {versions.map((version) => <li key={version.version}><Row version={version} isChosen={version.version === selected.version} onChoose={() => setChosen(version.version)} /></li>)}
          </ul>
          <VersionDetails key={selected.version} id={id} version={selected} other={selected.isCurrent ? previous : current} history={history} isReadOnly={!maySend} />
        </div>
      ) : null}
    </Sheet>
  );
}

function Row({ version, isChosen, onChoose }: { version: VersionView; isChosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={classNames('flex w-full items-center justify-between gap-3 rounded-control border px-3 py-2 text-left pointer-coarse:min-h-11', isChosen ? 'border-primary bg-surface' : 'border-transparent hover:bg-hover')}
    >
      <span className="min-w-0">
        <span className="block truncate text-body font-medium">{version.name ?? <Time value={version.savedAt} />}</span>
        <span className="block truncate text-table text-muted-foreground">{version.name ? <><Time value={version.savedAt} /> · </> : null}{version.savedBy ?? 'Somebody'}</span>
      </span>
      {version.isCurrent ? <Badge>Now</Badge> : null}
    </button>
  );
}
