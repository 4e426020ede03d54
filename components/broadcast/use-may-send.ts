'use client';

import { useMayWrite } from '#components/account/use-may-write.ts';

/** Sending asks for the role that writing asks for. */
export const useMaySend = useMayWrite;
