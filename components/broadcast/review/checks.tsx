import { Check, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { familyInk, type Family } from '#components/ui/family.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type PreflightCheck = PreviewView['checks'][number];

const look: Record<PreflightCheck['status'], { word: string; family: Family; icon: LucideIcon; rank: number }> = {
  block: { word: 'Blocks', family: 'danger', icon: OctagonAlert, rank: 0 },
  warn: { word: 'Warning', family: 'warning', icon: TriangleAlert, rank: 1 },
  pass: { word: 'Passed', family: 'success', icon: Check, rank: 2 },
};

/** What was looked at before the send; what blocks stands first, each with the way to mend it. */
export function Checks({ checks }: { checks: PreflightCheck[] }) {
  const sorted = [...checks].sort((one, other) => look[one.status].rank - look[other.status].rank);
  const blocks = checks.filter((check) => check.status === 'block').length;
  const warnings = checks.filter((check) => check.status === 'warn').length;
  const summary = blocks > 0 ? `${blocks} of ${checks.length} block the send` : warnings > 0 ? `${checks.length - warnings} of ${checks.length} passed` : `All ${checks.length} passed`;
  return (
    <Card title="Checks" description={summary} isFlush>
      <ul className="divide-y">
        {sorted.map((check) => <CheckLine key={check.name} check={check} />)}
      </ul>
    </Card>
  );
}

function CheckLine({ check }: { check: PreflightCheck }) {
  const { icon: Icon, family, word } = look[check.status];
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Icon aria-hidden className={classNames('mt-[3px] size-4 shrink-0', familyInk[family])} />
      <div className="min-w-0 flex-1">
        {/* What passed is short: one line where it fits. */}
        <p className={check.status === 'pass' ? 'inline text-body' : 'text-body font-medium'}><span className="sr-only">{word}: </span>{check.name}</p>
        {check.status === 'pass' ? ' ' : null}
        <p className={classNames('text-table text-muted-foreground', check.status === 'pass' && 'inline')}>{check.detail}</p>
      </div>
      {check.fixUrl && check.status !== 'pass' ? <Link href={check.fixUrl} aria-label={`Fix: ${check.name}`} className="shrink-0 py-0.5 text-body font-medium text-link underline underline-offset-3 pointer-coarse:py-3">Fix</Link> : null}
    </li>
  );
}
