'use client';

import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type RadioGroupProps = {
  /** The question. */
  legend: ReactNode;
  name: string;
  options: RadioOption[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  hideLegend?: boolean;
  /** `cards` frames each option, for choices that need a sentence. */
  look?: 'plain' | 'cards';
  /** Id of the first radio, so that an error summary can link to it. */
  id?: string;
  className?: string;
};

export function RadioGroup(props: RadioGroupProps) {
  const { legend, hint, error, hideLegend, look = 'plain', options, className } = props;
  const generated = useId();
  const groupId = props.id ?? generated;
  const describedBy = [hint && `${groupId}-hint`, error && `${groupId}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset aria-describedby={describedBy} className={classNames('min-w-0', className)}>
      <legend className={classNames('text-body font-medium', hideLegend && 'sr-only')}>{legend}</legend>
      {hint ? <p id={`${groupId}-hint`} className="mt-1 text-table text-muted-foreground">{hint}</p> : null}
      {error ? <p id={`${groupId}-error`} className="mt-1 text-table font-medium text-destructive"><span className="sr-only">Error: </span>{error}</p> : null}
      <div className={classNames('grid gap-1', !hideLegend && 'mt-2', look === 'cards' && 'gap-2')}>
        {options.map((option, index) => (
          <Radio key={option.value} option={option} id={index === 0 ? groupId : `${groupId}-${index}`} group={props} isCard={look === 'cards'} />
        ))}
      </div>
    </fieldset>
  );
}

function Radio({ option, id, group, isCard }: { option: RadioOption; id: string; group: RadioGroupProps; isCard: boolean }) {
  const isControlled = group.value !== undefined;
  return (
    <label
      htmlFor={id}
      className={classNames(
        'flex items-start gap-2.5 py-1 pointer-coarse:py-2.5',
        isCard && 'rounded-control border border-input-border p-3 hover:bg-hover has-checked:border-primary has-checked:bg-selected has-checked:ring-1 has-checked:ring-primary',
        option.disabled && 'opacity-55',
      )}
    >
      <span className="flex h-[1.375rem] items-center">
        <input
          type="radio"
          id={id}
          name={group.name}
          value={option.value}
          disabled={option.disabled}
          checked={isControlled ? group.value === option.value : undefined}
          defaultChecked={isControlled ? undefined : group.defaultValue === option.value}
          onChange={() => group.onValueChange?.(option.value)}
          aria-describedby={option.hint ? `${id}-hint` : undefined}
          className="size-4 shrink-0 accent-primary pointer-coarse:size-5"
        />
      </span>
      <span className="min-w-0">
        <span className="block text-body">{option.label}</span>
        {option.hint ? <span id={`${id}-hint`} className="block text-table text-muted-foreground">{option.hint}</span> : null}
      </span>
    </label>
  );
}
