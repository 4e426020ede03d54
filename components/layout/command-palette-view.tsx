'use client';

import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useMayWrite } from '#components/account/use-may-write.ts';
import { scrimStyle } from '#components/ui/overlay-style.ts';
import { Kbd } from '#components/ui/kbd.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { setPaletteOpen, useRegisteredCommands, type Command, type CommandSearch } from './command-registry.ts';
import { createActions, navigation } from './navigation.ts';

type ViewProps = { isOpen: boolean; commands?: readonly Command[]; search?: CommandSearch };

export default function CommandPaletteView({ isOpen, commands = [], search }: ViewProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={setPaletteOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={scrimStyle} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-50 flex max-h-[min(28rem,76dvh)] w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden rounded-card border bg-overlay shadow-overlay duration-100 data-[state=open]:animate-in data-[state=open]:fade-in-0"
        >
          <Dialog.Title className="sr-only">Search and commands</Dialog.Title>
          <Palette commands={commands} search={search} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ commands, search }: { commands: readonly Command[]; search?: CommandSearch }) {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const fromPage = useRegisteredCommands();
  const { found, state } = useSearch(query, search);
  const choose = (command: Command) => {
    setPaletteOpen(false);
    if (command.href) router.push(command.href);
    command.run?.();
  };
  const mayWrite = useMayWrite();
  const groups = Map.groupBy([...fromPage, ...(mayWrite ? createCommands : []), ...commands, ...pageCommands], (command) => command.group);

  return (
    <Cmdk label="Search and commands" loop className="flex min-h-0 flex-col">
      <div className="flex items-center gap-2.5 border-b px-4">
        {state === 'searching' ? <Spinner className="text-muted-foreground" /> : <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />}
        <Cmdk.Input
          value={query}
          onValueChange={setQuery}
          placeholder={search ? 'Go to, create, or find by name, number or SID' : 'Go to, or create'}
          className="h-12 w-full min-w-0 bg-transparent text-reading outline-none placeholder:text-muted-foreground"
        />
      </div>
      <Cmdk.List className="min-h-0 overflow-y-auto p-1.5">
        {[...groups].map(([group, members]) => <Group key={group} heading={group} commands={members} onChoose={choose} />)}
        {found.length > 0 ? <Group heading="Found" commands={found} onChoose={choose} isKept /> : null}
        <Cmdk.Empty className="px-3 py-8 text-center text-muted-foreground">
          {state === 'searching' ? 'Searching…' : state === 'failed' ? 'The search did not answer. Type again to retry.' : `Nothing matches “${query}”.`}
        </Cmdk.Empty>
      </Cmdk.List>
    </Cmdk>
  );
}

type GroupProps = { heading: string; commands: readonly Command[]; onChoose: (command: Command) => void; isKept?: boolean };

/** `isKept`: the server has matched them already, cmdk must not filter again. */
function Group({ heading, commands, onChoose, isKept }: GroupProps) {
  return (
    <Cmdk.Group
      heading={heading}
      forceMount={isKept}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-caption [&_[cmdk-group-heading]]:text-muted-foreground"
    >
      {commands.map((command) => (
        <Cmdk.Item
          key={command.id}
          value={`${command.label} ${command.id}`}
          keywords={command.keywords?.split(' ')}
          forceMount={isKept}
          onSelect={() => onChoose(command)}
          className="flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 text-body data-[selected=true]:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"
        >
          {command.icon ? <command.icon aria-hidden /> : null}
          <span className="min-w-0 flex-1 truncate">{command.label}</span>
          {command.hint ? <span className="truncate text-table text-muted-foreground">{command.hint}</span> : null}
          {command.keys ? <Kbd keys={command.keys} /> : null}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}

/** Asks 150 ms after the last key; an answer that was overtaken is dropped. */
function useSearch(query: string, search: CommandSearch | undefined) {
  const [result, setResult] = useState<{ query: string; found: readonly Command[]; isFailed: boolean }>({ query: '', found: [], isFailed: false });
  const trimmed = query.trim();
  useEffect(() => {
    if (!search || trimmed.length < 2) return;
    const controller = new AbortController();
    const settle = (found: readonly Command[], isFailed: boolean) => {
      if (!controller.signal.aborted) setResult({ query: trimmed, found, isFailed });
    };
    const timer = setTimeout(() => {
      search(trimmed, controller.signal).then((found) => settle(found, false), () => settle([], true));
    }, 150);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [trimmed, search]);

  if (!search || trimmed.length < 2) return { found: [], state: 'idle' } as const;
  if (result.query !== trimmed) return { found: result.found, state: 'searching' } as const;
  return { found: result.found, state: result.isFailed ? 'failed' : 'idle' } as const;
}

const createCommands: readonly Command[] = createActions.map((action) => ({ ...action, id: `create ${action.href}`, group: 'Create', keys: undefined }));

const pageCommands: readonly Command[] = navigation.flatMap((section) =>
  (section.pages ?? [section]).map((page) => {
    const key = page.key ?? (page.href === section.href ? section.key : undefined);
    return {
      id: `go ${page.href}`,
      label: page.label,
      group: 'Go to',
      icon: section.icon,
      hint: page === section ? undefined : section.label,
      keywords: [section.label, page.keywords].filter(Boolean).join(' '),
      keys: key ? ['g', key] : undefined,
      href: page.href,
    };
  }),
);
