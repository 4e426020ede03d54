import { formatCount } from '#components/format/number.ts';
import { RadioGroup } from '#components/ui/radio-group.tsx';

type AudienceMomentProps = { isFixed: boolean; onChange: (isFixed: boolean) => void; people: number | null };

/** Whose names are on the list: those of the moment of sending, or those of now. */
export function AudienceMoment({ isFixed, onChange, people }: AudienceMomentProps) {
  const now = people === null ? '' : ` Today that is ${formatCount(people, 'person', 'people')}.`;
  return (
    <RadioGroup
      legend="Who gets it"
      name="audience-moment"
      look="cards"
      value={isFixed ? 'fixed' : 'at-send'}
      onValueChange={(value) => onChange(value === 'fixed')}
      options={[
        { value: 'at-send', label: 'Whoever is in the audience then', hint: `Counted again when it begins: who joins until then gets it, who leaves does not.${now} The cost can grow with it.` },
        { value: 'fixed', label: 'Only those who are in it now', hint: 'Who joins later gets nothing. Who opts out until then is still left out, so the cost can only fall.' },
      ]}
    />
  );
}
