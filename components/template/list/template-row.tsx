import Link from 'next/link';
import { formatNumber } from '#components/format/number.ts';
import { languageName } from '#components/template/language-name.ts';
import { isWaiting, TemplateStatusBadge } from '#components/template/template-status.tsx';
import { WaitingTime } from '#components/template/waiting-time.tsx';
import { TableCell, TableRow } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { categoryWord } from '#server/channels/whatsapp/template.ts';
import type { TemplatePage, TemplateView } from '#server/domain/template/schema.ts';

/** One family: a cell per language. */
export function TemplateRow({ template, usual }: { template: TemplateView; usual: TemplatePage['usualSeconds'] }) {
  const categories = [...new Set(template.languages.map(({ newest }) => newest.grantedCategory ?? newest.category))];
  return (
    <TableRow>
      <TableCell className="max-w-80 align-top!">
        <Link href={`/templates/${template.id}`} className="block truncate py-1 font-mono font-medium underline-offset-3 hover:underline pointer-coarse:py-3">{template.name}</Link>
        <span className="block text-caption font-normal text-muted-foreground">{categories.map((category) => categoryWord[category]).join(', ')}</span>
      </TableCell>
      <TableCell className="align-top! max-sm:font-normal">
        <ul aria-label={`Languages of ${template.name}`} className="grid gap-1.5 py-1">
          {template.languages.map((language) => <LanguageCell key={language.language} templateId={template.id} language={language} usual={usual} />)}
        </ul>
      </TableCell>
      <TableCell label="Used by" isNumeric className="align-top!" isHiddenOnCard={template.usedBy === 0}>{template.usedBy === 0 ? <span className="text-muted-foreground">–</span> : formatNumber(template.usedBy)}</TableCell>
      <TableCell label="Changed" className="align-top! whitespace-nowrap"><Time value={template.updatedAt} /></TableCell>
    </TableRow>
  );
}

function LanguageCell({ templateId, language: { language, newest, usable }, usual }: { templateId: string; language: TemplateView['languages'][number]; usual: TemplatePage['usualSeconds'] }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Link href={`/templates/${templateId}#${language}`} title={languageName(language)} className="w-14 font-mono text-table underline-offset-3 hover:underline pointer-coarse:py-3">{language}</Link>
      <TemplateStatusBadge status={newest.status} />
      {isWaiting(newest.status) ? <WaitingTime version={newest} usual={usual} /> : null}
      {usable && usable.id !== newest.id ? <span className="text-caption text-muted-foreground">{`version ${usable.number} can be sent meanwhile`}</span> : null}
    </li>
  );
}
