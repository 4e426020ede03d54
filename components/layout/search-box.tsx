'use client';

import { Search } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { searchIn } from './page-query.ts';

const TYPING = 300; // ms

type SearchBoxProps = {
  label: string;
  placeholder: string;
  /** The page with another search. */
  hrefFor: (search: string) => string;
};

/** A search that lives in the URL. */
export function SearchBox({ label, placeholder, hrefFor }: SearchBoxProps) {
  const router = useRouter();
  const inUrl = searchIn(useSearchParams());
  const [search, setSearch] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  // Back and a Clear link change the URL under the box.
  if (seen !== inUrl) { setSeen(inUrl); if (search.trim() !== inUrl) setSearch(inUrl); }

  const show = useEffectEvent(() => router.replace(hrefFor(search.trim()), { scroll: false }));
  useEffect(() => {
    if (search.trim() === inUrl) return;
    const timer = setTimeout(() => show(), TYPING);
    return () => clearTimeout(timer);
  }, [search, inUrl]);

  return (
    <Input
      type="search" aria-label={label} placeholder={placeholder} prefixIcon={<Search />} maxLength={200} autoComplete="off" spellCheck={false}
      value={search} onChange={(event) => setSearch(event.target.value)} data-search
    />
  );
}
