'use client';

import { useEffect, useState } from 'react';
import type { Channel, ChannelId } from '#server/channels/index.ts';

/** The code that sends, run in the editor. It comes after the page: placeholders need their parser only once somebody writes. */
export function useChannel(id: ChannelId): Channel | null {
  const [channel, setChannel] = useState<Channel | null>(null);
  useEffect(() => {
    let isWanted = true;
    void import('#server/channels/index.ts').then(({ channels }) => { if (isWanted) setChannel(channels[id]); });
    return () => { isWanted = false; };
  }, [id]);
  return channel;
}
