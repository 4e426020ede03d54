'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { navigation } from './navigation.ts';
import { useModifierKey } from './platform.ts';
import { setShortcutsOpen, setSingleKeys, usePageShortcuts, useSingleKeys } from './shortcut-registry.ts';

type Row = { label: string; keys: readonly string[] };

export default function ShortcutsDialog({ isOpen }: { isOpen: boolean }) {
  const areOn = useSingleKeys();
  const modifier = useModifierKey();
  const ofPage = usePageShortcuts().map(({ key, label }) => ({ label, keys: [keyWords(key, modifier)] }));
  const everywhere: Row[] = [
    { label: 'Search and commands', keys: [`${modifier} K`] },
    { label: 'Search on this page', keys: ['/'] },
    { label: 'These shortcuts', keys: ['?'] },
    { label: 'Close what is open', keys: ['Esc'] },
  ];
  return (
    <Dialog title="Keyboard shortcuts" size="md" open={isOpen} onOpenChange={setShortcutsOpen}>
      <Switch
        className="mb-5 rounded-card border p-3"
        label="Single-key shortcuts"
        hint={`Off: only combinations with ${modifier} work.`}
        checked={areOn}
        onCheckedChange={setSingleKeys}
      />
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Rows title="Go to" rows={goTo} />
        <div className="grid content-start gap-5">
          <Rows title="Everywhere" rows={everywhere} />
          {ofPage.length > 0 ? <Rows title="On this page" rows={ofPage} /> : null}
        </div>
      </div>
    </Dialog>
  );
}

/** mod+shift+p → ⌘ ⇧ P */
const keyWords = (key: string, modifier: string): string =>
  (key.includes('+') ? key.split('+').map((part) => ({ mod: modifier, shift: '⇧', enter: 'Enter' })[part] ?? part.toUpperCase()).join(' ') : key);

const goTo: Row[] = navigation
  .flatMap((section) => [section, ...(section.pages ?? []).filter((page) => page.href !== section.href)])
  .flatMap((page) => (page.key ? [{ label: page.href === '/deliveries' ? 'Delivery log' : page.label, keys: ['g', page.key] }] : []));

function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-table font-medium text-muted-foreground">{title}</h3>
      <ul className="divide-y">
        {rows.map((row) => (
          <li key={row.label} className="flex min-h-8 items-center justify-between gap-4 py-1">
            <span>{row.label}</span>
            <Kbd keys={row.keys} />
          </li>
        ))}
      </ul>
    </section>
  );
}
