'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { ColumnView } from '#server/domain/contact-import/schema.ts';

type ReplaceBeginningProps = { columns: readonly ColumnView[]; isBusy: boolean; onReplace: (replace: { column: string; begins: string; by: string }) => void };

/** "0-44 …" in a thousand cells is one mistake: corrected once. */
export function ReplaceBeginning({ columns, isBusy, onReplace }: ReplaceBeginningProps) {
  const [column, setColumn] = useState(() => (columns.find(({ mappedTo }) => mappedTo === 'phone') ?? columns[0])?.name ?? '');
  const [begins, setBegins] = useState('');
  const [by, setBy] = useState('');
  const submit = (event: FormEvent) => { event.preventDefault(); if (begins) onReplace({ column, begins, by }); };
  return (
    <form onSubmit={submit} className="grid items-end gap-3 border-b p-4 sm:grid-cols-[minmax(0,14rem)_minmax(0,10rem)_minmax(0,10rem)_auto]">
      <Field label="In all refused rows of"><Select value={column} onChange={(event) => setColumn(event.target.value)}>{columns.map(({ name }) => <option key={name} value={name}>{name}</option>)}</Select></Field>
      <Field label="that begin with"><Input autoComplete="off" maxLength={100} className="font-mono" value={begins} onChange={(event) => setBegins(event.target.value)} /></Field>
      <Field label="write instead"><Input autoComplete="off" maxLength={100} className="font-mono" value={by} onChange={(event) => setBy(event.target.value)} /></Field>
      <div><Button type="submit" loading={isBusy} disabled={begins === ''}>Replace in all</Button></div>
    </form>
  );
}
