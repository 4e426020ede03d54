'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import type { ImportResult } from '#server/domain/contact-import/schema.ts';
import { readBytes } from './read-file.ts';

export type ChosenFile = { name: string; csv: string; note?: string };
export type Target = { kind: 'none' } | { kind: 'existing'; list: string } | { kind: 'new'; listName: string };
export type Options = { mapping: Record<string, string | null>; country: string; target: Target };

type Opened = { file: ChosenFile | null; doubt: ChosenFile | null; problem: string | null };
const nothing: Opened = { file: null, doubt: null, problem: null };

/** What a check depends on: the list only where columns may belong to it. */
const keyOf = ({ mapping, country, target }: Options) => JSON.stringify([mapping, country, target.kind !== 'none']);

/** The steps of an import: open a file, check it with the options, change them, check again, import what was checked. */
export function useImport(initial: Options) {
  const [opened, setOpened] = useState<Opened>(nothing);
  const [options, setOptions] = useState(initial);
  const [checked, setChecked] = useState<{ result: ImportResult; key: string } | null>(null);
  const { check, write } = useCalls();

  const startCheck = (file: ChosenFile, using: Options) =>
    check.mutate(requestOf(file, using, true), { onSuccess: (result) => setChecked({ result, key: keyOf(using) }) });
  const open = (file: ChosenFile) => {
    const fresh = { ...options, mapping: {} };
    setOpened({ ...nothing, file });
    setOptions(fresh);
    setChecked(null);
    startCheck(file, fresh);
  };
  const choose = async (file: File) => {
    check.reset();
    write.reset();
    setChecked(null);
    const read = readBytes(new Uint8Array(await file.arrayBuffer()));
    if (read.kind === 'unreadable') setOpened({ ...nothing, problem: read.problem });
    else if (read.kind === 'windows-1252') setOpened({ ...nothing, doubt: { name: file.name, csv: read.text, note: 'The file was read as Windows-1252. Compare the names below.' } });
    else open({ name: file.name, csv: read.text, note: read.note });
  };
  const { file } = opened;
  return {
    ...opened, options, choose, setOptions,
    convert: () => { if (opened.doubt) open(opened.doubt); },
    startOver: () => { setOpened(nothing); setChecked(null); check.reset(); write.reset(); },
    check: () => { if (file) startCheck(file, options); },
    isChecking: check.isPending, checkError: check.error,
    result: checked?.result ?? null, isStale: checked !== null && checked.key !== keyOf(options),
    write: () => { if (file) write.mutate(requestOf(file, options, false)); },
    isWriting: write.isPending, writeError: write.error, written: write.data ?? null,
  };
}

export type ImportSteps = ReturnType<typeof useImport>;

function requestOf(file: ChosenFile, { mapping, country, target }: Options, dryRun: boolean) {
  // While its name is still being typed a new list has none; for a check any name does.
  const listName = target.kind === 'new' ? target.listName.trim() || (dryRun ? 'New list' : '') : undefined;
  return { fileName: file.name.slice(-255), csv: file.csv, mapping, defaultCountry: country, list: target.kind === 'existing' ? target.list : undefined, listName: listName || undefined, dryRun };
}

function useCalls() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const check = useMutation(trpc.contact.import.mutationOptions());
  const write = useMutation(trpc.contact.import.mutationOptions({
    onSuccess: () => Promise.all([queryClient.invalidateQueries(trpc.contact.pathFilter()), queryClient.invalidateQueries(trpc.audience.pathFilter())]),
  }));
  return { check, write };
}
