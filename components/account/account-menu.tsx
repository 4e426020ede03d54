'use client';

import { Building2, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { UserMenu } from '#components/layout/user-menu.tsx';
import { MenuItem, MenuSeparator } from '#components/ui/dropdown-menu.tsx';
import { leave } from './leave.ts';
import { NewOrganizationDialog } from './new-organization-dialog.tsx';

export function AccountMenu({ name, email }: { name: string; email: string }) {
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <UserMenu name={name} email={email} onSignOut={leave}>
        <MenuItem asChild><Link href="/settings/organization"><Building2 aria-hidden />Organisation and sessions</Link></MenuItem>
        <MenuItem icon={<Plus aria-hidden />} onSelect={() => setCreating(true)}>New organisation</MenuItem>
        <MenuSeparator />
      </UserMenu>
      <NewOrganizationDialog isOpen={isCreating} onOpenChange={setCreating} />
    </>
  );
}
