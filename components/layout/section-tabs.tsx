'use client';

import { usePathname } from 'next/navigation';
import { Tabs } from '#components/ui/tabs.tsx';
import { findCurrent } from './navigation.ts';

/** The pages of the open section, wherever the rail does not show them: on phones and beside the narrow rail. What lies deeper has its way up instead. */
export function SectionTabs() {
  const pathname = usePathname();
  const { section, page } = findCurrent(pathname);
  if (!section?.pages || page?.href !== pathname) return null;
  return (
    <div className="section-tabs -mt-2 mb-4">
      <Tabs label={section.label} items={section.pages} current={page.href} />
    </div>
  );
}
