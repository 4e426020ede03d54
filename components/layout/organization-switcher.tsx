'use client';

import { ChevronsUpDown } from 'lucide-react';
import { DropdownMenu, MenuLabel, MenuRadioGroup, MenuRadioItem } from '#components/ui/dropdown-menu.tsx';
import { Mark } from './mark.tsx';

type Organization = { id: string; name: string };

type OrganizationSwitcherProps = {
  current: Organization;
  /** All that the person belongs to. With one there is nothing to switch, and no menu. */
  organizations: readonly Organization[];
  onSwitch: (organizationId: string) => void;
};

const style = 'flex h-10 w-full min-w-0 items-center gap-2.5 rounded-control px-1.5 text-left';

export function OrganizationSwitcher({ current, organizations, onSwitch }: OrganizationSwitcherProps) {
  const face = (
    <>
      <Mark className="size-7 shrink-0" />
      <span className="rail-word min-w-0 flex-1 truncate font-semibold">{current.name}</span>
    </>
  );
  if (organizations.length < 2) return <div className={style}>{face}</div>;
  return (
    <DropdownMenu
      align="start"
      trigger={
        <button type="button" aria-label={`Organisation: ${current.name}. Switch`} className={`${style} hover:bg-hover`}>
          {face}
          <span className="rail-word"><ChevronsUpDown aria-hidden className="size-4 text-muted-foreground" /></span>
        </button>
      }
    >
      <MenuLabel>Organisation</MenuLabel>
      <MenuRadioGroup value={current.id} onValueChange={onSwitch}>
        {organizations.map((organization) => (
          <MenuRadioItem key={organization.id} value={organization.id}>{organization.name}</MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </DropdownMenu>
  );
}
