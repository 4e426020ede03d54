import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/*
 * A real table from 640 px on, a list of cards below. Changing `display` takes a table's meaning away in some
 * browsers, therefore every part states its role.
 */

type TableProps = ComponentProps<'table'> & {
  /** Names the table for screen readers; not shown. */
  caption: string;
  density?: 'default' | 'compact';
};

export function Table({ caption, density = 'default', className, children, ...rest }: TableProps) {
  return (
    <div className={classNames('sm:overflow-x-auto', className)}>
      <table
        role="table"
        data-density={density}
        className="group/table w-full border-collapse text-left text-table max-sm:block"
        {...rest}
      >
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

/** Header row; below 640 px only screen readers meet it. */
export function TableHeader({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="max-sm:sr-only">
      <tr role="row" className="border-b">{children}</tr>
    </thead>
  );
}

type HeadCellProps = ComponentProps<'th'> & { isNumeric?: boolean };

export function TableHead({ isNumeric, className, ...rest }: HeadCellProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={classNames('h-9 px-3 text-caption font-medium whitespace-nowrap text-muted-foreground first:pl-4 last:pr-4', isNumeric && 'text-right', className)}
      {...rest}
    />
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody role="rowgroup" className="max-sm:grid max-sm:gap-2">{children}</tbody>;
}

type RowProps = ComponentProps<'tr'> & { isSelected?: boolean };

export function TableRow({ isSelected, className, ...rest }: RowProps) {
  return (
    <tr
      role="row"
      data-selected={isSelected || undefined}
      className={classNames(
        'border-b last:border-b-0 hover:bg-surface data-selected:bg-selected max-sm:relative max-sm:grid max-sm:grid-cols-1 max-sm:gap-1 max-sm:rounded-card max-sm:border max-sm:p-3 max-sm:last:border-b',
        className,
      )}
      {...rest}
    />
  );
}

type CellProps = ComponentProps<'td'> & {
  /** Shown before the value on a card. Leave out for the cell that is the card's title. */
  label?: string;
  isNumeric?: boolean;
  /** Not among the few that decide: left out of the card. */
  isHiddenOnCard?: boolean;
};

export function TableCell({ label, isNumeric, isHiddenOnCard, className, ...rest }: CellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      className={classNames(
        'h-11 px-3 py-1.5 align-middle sm:group-data-[density=compact]/table:h-9 sm:group-data-[density=compact]/table:py-1 sm:first:pl-4 sm:last:pr-4',
        'max-sm:flex max-sm:h-auto max-sm:min-w-0 max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:p-0 max-sm:text-body',
        label && 'max-sm:text-right max-sm:before:shrink-0 max-sm:before:text-table max-sm:before:text-muted-foreground max-sm:before:content-[attr(data-label)]',
        !label && 'max-sm:justify-start max-sm:font-medium',
        isNumeric && 'sm:text-right',
        isHiddenOnCard && 'max-sm:hidden',
        className,
      )}
      {...rest}
    />
  );
}
