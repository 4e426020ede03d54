'use client';

import { Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuLabel } from '#components/ui/dropdown-menu.tsx';
import { fileHref } from './log-query.ts';

/** All that the log finds, as a file that begins at once. */
export function ExportMenu({ query }: { query: URLSearchParams }) {
  return (
    <DropdownMenu trigger={<Button icon={<Download aria-hidden />}>Export</Button>}>
      <MenuLabel>All messages that the log finds now</MenuLabel>
      <MenuItem asChild><a href={fileHref(query, 'csv')} download>CSV, for spreadsheets</a></MenuItem>
      <MenuItem asChild><a href={fileHref(query, 'ndjson')} download>NDJSON, for programs</a></MenuItem>
    </DropdownMenu>
  );
}
