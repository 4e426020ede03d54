'use client';

import { Braces } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { standardFields, type FieldOption } from './field-options.ts';

type FieldPickerProps = { own: readonly FieldOption[]; onPick: (placeholder: string) => void };

/** Fields of a contact, put in at the cursor as Liquid. */
export function FieldPicker({ own, onPick }: FieldPickerProps) {
  return (
    <DropdownMenu align="start" trigger={<Button size="sm" icon={<Braces aria-hidden />}>Insert field</Button>}>
      <MenuLabel>Contact</MenuLabel>
      {standardFields.map((field) => <Entry key={field.name} field={field} onPick={onPick} />)}
      {own.length > 0 ? <><MenuSeparator /><MenuLabel>Own fields</MenuLabel></> : null}
      {own.map((field) => <Entry key={field.name} field={field} onPick={onPick} />)}
    </DropdownMenu>
  );
}

function Entry({ field, onPick }: { field: FieldOption; onPick: (placeholder: string) => void }) {
  return (
    <MenuItem onSelect={() => onPick(field.placeholder)}>
      <span className="block">{field.label}</span>
      <span className="block truncate font-mono text-caption text-muted-foreground">{field.placeholder}</span>
    </MenuItem>
  );
}
