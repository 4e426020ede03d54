'use client';

import { usePathname } from 'next/navigation';
import { Tabs } from '#components/ui/tabs.tsx';
import { findCurrent } from './navigation.ts';

/** The pages of the open section, wherever the rail does not show them: on phones and beside the narrow rail. */
export function SectionTabs() {
  const { section, page } = findCurrent(usePathname());
  if (!section?.pages || !page) return null;
  return (
    <div className="section-tabs -mt-2 mb-4">
      <Tabs label={section.label} items={section.pages} current={page.href} />
    </div>
  );
}
