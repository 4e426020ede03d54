'use client';

import { Dialog } from '#components/ui/dialog.tsx';
import { NewOrganizationForm } from './new-organization-form.tsx';

export function NewOrganizationDialog({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title="New organisation"
      description="It has contacts, a Twilio account and an agreement of its own. You become its owner and go there at once."
    >
      <NewOrganizationForm />
    </Dialog>
  );
}
