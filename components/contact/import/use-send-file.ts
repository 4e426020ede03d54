'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';

const MOST_BYTES = 200_000_000;
type Sending = { name: string; sent: number; size: number };

/** Sends a file as it is, with the share that has left. XMLHttpRequest, because fetch does not tell how much was sent. */
export function useSendFile(list: string | null, onStored: (id: string) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: organization } = useQuery(trpc.organization.read.queryOptions());
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const request = useRef<XMLHttpRequest>(null);

  const end = (message: string | null) => { request.current = null; setSending(null); setProblem(message); };
  const send = (file: File) => {
    if (file.size === 0) return setProblem('The file is empty. Choose a CSV file with a row of column names and one row per person.');
    if (file.size > MOST_BYTES) return setProblem('The file is larger than 200 MB. Split it and import the parts one after the other.');
    const xhr = new XMLHttpRequest();
    request.current = xhr;
    setProblem(null);
    setSending({ name: file.name, sent: 0, size: file.size });
    xhr.upload.onprogress = ({ loaded }) => setSending({ name: file.name, sent: loaded, size: file.size });
    xhr.onerror = () => end('The connection broke off before the file was here. Nothing was kept; choose the file again.');
    xhr.onabort = () => end(null);
    xhr.onload = () => {
      const answer = readAnswer(xhr.responseText);
      end(answer.id ? null : answer.message);
      if (!answer.id) return;
      void queryClient.invalidateQueries(trpc.contactImport.uploads.pathFilter());
      onStored(answer.id);
    };
    xhr.open('POST', `/api/contact-imports?${new URLSearchParams({ fileName: file.name.slice(-255) || 'contacts.csv', ...(list && { list }) })}`);
    xhr.setRequestHeader('content-type', 'text/csv');
    if (organization) xhr.setRequestHeader('x-organization-id', organization.id);
    xhr.send(file);
  };
  return { sending, problem, send, abort: () => request.current?.abort() };
}

const FAILED = 'The file could not be taken. Try again; nothing was kept.';

function readAnswer(text: string): { id: string | null; message: string } {
  try {
    const body = JSON.parse(text) as { data?: { id?: unknown }; message?: unknown } | null; // our own door: server/api/upload.ts
    return { id: typeof body?.data?.id === 'string' ? body.data.id : null, message: typeof body?.message === 'string' ? body.message : FAILED };
  } catch { return { id: null, message: FAILED }; }
}
