'use client';

import { Search } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { hrefWith, searchIn } from './query.ts';

const TYPING = 300; // ms

/** A search that lives in the URL. */
export function SearchBox({ path, label, placeholder }: { path: string; label: string; placeholder: string }) {
  const router = useRouter();
  const query = useSearchParams();
  const inUrl = searchIn(query);
  const [search, setSearch] = useState(inUrl);
  const [seen, setSeen] = useState(inUrl);
  // Back and a Clear link change the URL under the box.
  if (seen !== inUrl) { setSeen(inUrl); if (search.trim() !== inUrl) setSearch(inUrl); }

  useEffect(() => {
    if (search.trim() === inUrl) return;
    const timer = setTimeout(() => router.replace(hrefWith(path, query, { search: search.trim() }), { scroll: false }), TYPING);
    return () => clearTimeout(timer);
  }, [search, inUrl, path, query, router]);

  return (
    <Input type="search" aria-label={label} placeholder={placeholder} prefixIcon={<Search />} maxLength={200} value={search} onChange={(event) => setSearch(event.target.value)} data-search />
  );
}
