'use client';

import { Button } from '#components/ui/button.tsx';
import type { UnknownField } from './placeholder-check.ts';

type PlaceholderFaultsProps = { content: string; fault: string | null; unknown: UnknownField[]; onReplace: (content: string) => void };

/** What is wrong with the placeholders, while writing. */
export function PlaceholderFaults({ content, fault, unknown, onReplace }: PlaceholderFaultsProps) {
  if (fault) return <p role="status" className="text-table font-medium text-destructive">{fault}</p>;
  if (unknown.length === 0) return null;
  return (
    <div role="status" className="rounded-control bg-warning-tint px-3 py-2 text-table text-warning-text">
      <ul className="grid grid-cols-1 gap-1">
        {unknown.map(({ name, suggestion }) => (
          <li key={name} className="flex flex-wrap items-center gap-x-2">
            <span>
              <code className="font-mono">{`{{${name}}}`}</code> is not a field.{' '}
              {suggestion ? <>Did you mean <code className="font-mono">{suggestion}</code>?</> : 'It stays empty unless a list carries it.'}
            </span>
            {suggestion ? <Button variant="link" size="sm" className="text-warning-text" aria-label={`Replace ${name} with ${suggestion}`} onClick={() => onReplace(renamed(content, name, suggestion))}>Replace</Button> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Renames a field inside placeholders only. */
const renamed = (text: string, from: string, to: string) =>
  text.replace(/\{\{.*?\}\}/gs, (placeholder) => placeholder.replace(new RegExp(`(?<![\\w"'])${from}(?!\\w)`, 'g'), to));
