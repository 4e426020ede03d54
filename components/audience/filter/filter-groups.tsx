'use client';

import { Plus } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Select } from '#components/ui/select.tsx';
import type { AudienceVocabulary } from '#server/domain/audience/schema.ts';
import { ConditionRow } from './condition-row.tsx';
import { emptyCondition, MOST_CONDITIONS, MOST_GROUPS, nextKey, type EditedGroup } from './condition.ts';

type GroupsProps = { groups: EditedGroup[]; vocabulary: AudienceVocabulary | undefined; showsLacks: boolean; onChange: (groups: EditedGroup[]) => void };

export const conditionId = (group: EditedGroup, condition: { key: number }) => `condition-${group.key}-${condition.key}`;

const newCondition = (key: number) => ({ key, condition: emptyCondition('tag') });

/** All groups must hold; within a group all conditions or any of them. */
export function FilterGroups({ groups, vocabulary, showsLacks, onChange }: GroupsProps) {
  const setGroup = (changed: EditedGroup) => onChange(changed.conditions.length > 0 ? groups.map((group) => (group.key === changed.key ? changed : group)) : groups.filter(({ key }) => key !== changed.key));
  const add = () => {
    const key = nextKey(groups);
    onChange([...groups, { key, match: 'all', conditions: [newCondition(0)] }]);
    focusLater(`condition-${key}-0`);
  };
  return (
    <div className="grid gap-3">
      {groups.length === 0 ? <p className="text-body text-muted-foreground">No conditions yet: every contact matches.</p> : null}
      {groups.map((group, index) => (
        <div key={group.key} className="grid gap-3">
          {index > 0 ? <p className="text-table font-medium text-muted-foreground">and</p> : null}
          <Group number={index + 1} group={group} vocabulary={vocabulary} showsLacks={showsLacks} onChange={setGroup} />
        </div>
      ))}
      {groups.length < MOST_GROUPS ? <div><Button size="sm" icon={<Plus aria-hidden />} onClick={add}>{groups.length === 0 ? 'Add condition' : 'Add group'}</Button></div> : null}
    </div>
  );
}

type GroupProps = Omit<GroupsProps, 'groups' | 'onChange'> & { number: number; group: EditedGroup; onChange: (group: EditedGroup) => void };

function Group({ number, group, vocabulary, showsLacks, onChange }: GroupProps) {
  const add = () => {
    const key = nextKey(group.conditions);
    onChange({ ...group, conditions: [...group.conditions, newCondition(key)] });
    focusLater(conditionId(group, { key }));
  };
  return (
    <fieldset className="min-w-0 rounded-card border bg-surface p-3">
      <legend className="sr-only">Group {number}</legend>
      {group.conditions.length > 1 ? (
        <div className="mb-3 flex flex-wrap items-center gap-2 text-body">
          <Select aria-label={`How many conditions of group ${number} must hold`} className="w-28" value={group.match} onChange={(event) => onChange({ ...group, match: event.target.value === 'any' ? 'any' : 'all' })}>
            <option value="all">All</option>
            <option value="any">Any</option>
          </Select>
          <span>of these hold:</span>
        </div>
      ) : null}
      <div className="grid gap-3 max-sm:divide-y max-sm:[&>*+*]:pt-3">
        {group.conditions.map((edited, index) => (
          <ConditionRow
            key={edited.key} id={conditionId(group, edited)} place={`condition ${index + 1} of group ${number}`} condition={edited.condition} vocabulary={vocabulary} showsLack={showsLacks}
            onChange={(condition) => onChange({ ...group, conditions: group.conditions.map((each) => (each.key === edited.key ? { ...each, condition } : each)) })}
            onRemove={() => onChange({ ...group, conditions: group.conditions.filter(({ key }) => key !== edited.key) })}
          />
        ))}
      </div>
      {group.conditions.length < MOST_CONDITIONS ? <Button size="sm" variant="ghost" className="mt-2" icon={<Plus aria-hidden />} onClick={add}>Add condition<span className="sr-only"> to group {number}</span></Button> : null}
    </fieldset>
  );
}

/** The new row is on the page after the next paint. */
function focusLater(id: string) {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
