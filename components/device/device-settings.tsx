'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { formErrors } from '#components/account/form-errors.ts';
import { useBrowserTimeZone } from '#components/account/time-zone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { DialogClose } from '#components/ui/dialog.tsx';
import { ErrorSummary, errorFor, type FieldError } from '#components/ui/error-summary.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { notify } from '#components/ui/notify.ts';
import { Select } from '#components/ui/select.tsx';
import type { DeviceView, UpdateDeviceInput } from '#server/domain/device/schema.ts';

const kinds = [
  { kind: 'message', label: 'Messages', hint: 'Somebody writes to you, or to nobody in particular.' },
  { kind: 'notice', label: 'Notices', hint: 'A keyword rule calls for somebody.' },
] as const;

type DeviceSettingsProps = { device: DeviceView; timeZones: readonly string[]; onSaved: () => void };

/** The inside of the dialog: name, events, quiet times, texts. */
export function DeviceSettings({ device, timeZones, onSaved }: DeviceSettingsProps) {
  const { save, errors, isPending } = useSave(device.id, onSaved);
  const here = useBrowserTimeZone();
  const zone = device.timeZone ?? here ?? 'UTC';
  const zones = timeZones.includes(zone) ? timeZones : [zone, ...timeZones];
  return (
    <form method="post" noValidate onSubmit={save} className="grid gap-5 pt-1.5">
      <ErrorSummary errors={errors} />
      <Field id="name" label="Name" error={errorFor(errors, 'name')}><Input name="name" autoComplete="off" maxLength={60} defaultValue={device.name} /></Field>
      <fieldset className="grid gap-2">
        <legend className="mb-1 text-body font-medium">Tell of</legend>
        {kinds.map(({ kind, label, hint }) => <Checkbox key={kind} name="events" value={kind} label={label} hint={hint} defaultChecked={device.events.includes(kind)} />)}
      </fieldset>
      <fieldset className="grid min-w-0 gap-3">
        <legend className="mb-1 text-body font-medium">Quiet time</legend>
        <p className="text-table text-muted-foreground">Between these times nothing is pushed; what comes meanwhile waits in the inbox. Leave both empty to be told at any hour.</p>
        <div className="grid grid-cols-2 gap-3">
          <Field id="quietFrom" label="From" error={errorFor(errors, 'quietFrom')}><Input type="time" name="quietFrom" defaultValue={device.quietFrom ?? ''} /></Field>
          <Field id="quietUntil" label="Until" error={errorFor(errors, 'quietUntil')}><Input type="time" name="quietUntil" defaultValue={device.quietUntil ?? ''} /></Field>
        </div>
        <Field id="timeZone" label="By the clock of" error={errorFor(errors, 'timeZone')}>
          <Select name="timeZone" defaultValue={zone}>{zones.map((each) => <option key={each} value={each}>{each.replaceAll('_', ' ')}</option>)}</Select>
        </Field>
        <div className="grid gap-2">
          {kinds.map(({ kind, label }) => <Checkbox key={kind} name="quietEvents" value={kind} label={`Holds for ${label.toLowerCase()}`} defaultChecked={device.quietEvents.includes(kind)} />)}
        </div>
      </fieldset>
      <Checkbox name="showsText" label="Show who wrote and the first words" hint="Off: only that somebody wrote, for a screen that others see." defaultChecked={device.showsText} />
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <DialogClose asChild><Button>Cancel</Button></DialogClose>
        <Button type="submit" variant="primary" loading={isPending}>Save</Button>
      </div>
    </form>
  );
}

function useSave(deviceId: string, onSaved: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const update = useMutation(trpc.device.update.mutationOptions({
    onSuccess: async () => {
      await queryClient.invalidateQueries(trpc.device.list.queryFilter());
      notify.success('Saved');
      onSaved();
    },
    onError: (error) => setErrors(formErrors(error)),
  }));
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!update.isPending) update.mutate({ deviceId, ...readForm(new FormData(event.currentTarget)) });
  };
  return { save, errors, isPending: update.isPending };
}

function readForm(form: FormData): Omit<UpdateDeviceInput, 'deviceId'> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const chosen = (name: string) => kinds.map(({ kind }) => kind).filter((kind) => form.getAll(name).includes(kind));
  const [quietFrom, quietUntil] = [text('quietFrom') || null, text('quietUntil') || null];
  return { name: text('name'), events: chosen('events'), quietFrom, quietUntil, timeZone: text('timeZone') || null, quietEvents: chosen('quietEvents'), showsText: form.has('showsText') };
}
