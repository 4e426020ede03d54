'use client';

import { useEffect, useState } from 'react';
import { formatDuration } from '#components/format/duration.ts';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { TemplatePage, VersionSummary } from '#server/domain/template/schema.ts';

const TICK = 15_000; // ms
/** Twilio's advice: open a ticket after two days. */
const TOO_LONG = 48 * 3_600; // s

/** "Waiting 40 min, usually 6 min": how long Meta has had it, beside what this organisation is used to. */
export function WaitingTime({ version, usual }: { version: Pick<VersionSummary, 'submittedAt' | 'category'>; usual: TemplatePage['usualSeconds'] }) {
  const [now, setNow] = useState<number>();
  useEffect(() => {
    const tick = () => setNow(Date.now());
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, TICK);
    return () => { clearTimeout(first); clearInterval(timer); };
  }, []);
  if (!version.submittedAt || now === undefined) return null;
  const seconds = Math.max(0, (now - Date.parse(version.submittedAt)) / 1_000);
  const known = usual[version.category];
  const usually = known === null ? 'usually minutes, at most two days' : `${categoryWord[version.category].toLowerCase()} usually ${formatDuration(known)}`;
  return <span className="text-caption text-muted-foreground tabular-nums">{`Waiting ${formatDuration(seconds)}, ${seconds > TOO_LONG ? 'longer than two days: open a ticket at Twilio' : usually}`}</span>;
}
