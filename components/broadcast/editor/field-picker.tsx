'use client';

import { Braces } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/dropdown-menu.tsx';

type FieldPickerProps = { ownFields: readonly string[]; onPick: (placeholder: string) => void };

const standard = [
  { label: 'First name', placeholder: '{{firstName | default: "there"}}' },
  { label: 'Last name', placeholder: '{{lastName}}' },
  { label: 'Phone', placeholder: '{{phone}}' },
  { label: 'E-mail', placeholder: '{{email}}' },
];

/** Fields of a contact, put in at the cursor as Liquid. */
export function FieldPicker({ ownFields, onPick }: FieldPickerProps) {
  return (
    <DropdownMenu align="start" trigger={<Button size="sm" icon={<Braces aria-hidden />}>Insert field</Button>}>
      <MenuLabel>Contact</MenuLabel>
      {standard.map((field) => <Entry key={field.label} {...field} onPick={onPick} />)}
      {ownFields.length > 0 ? <><MenuSeparator /><MenuLabel>Own fields</MenuLabel></> : null}
      {ownFields.map((name) => <Entry key={name} label={name} placeholder={`{{${name}}}`} onPick={onPick} />)}
    </DropdownMenu>
  );
}

function Entry({ label, placeholder, onPick }: { label: string; placeholder: string; onPick: (placeholder: string) => void }) {
  return (
    <MenuItem onSelect={() => onPick(placeholder)}>
      <span className="block">{label}</span>
      <span className="block truncate font-mono text-caption text-muted-foreground">{placeholder}</span>
    </MenuItem>
  );
}
