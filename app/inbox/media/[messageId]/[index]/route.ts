import { answerMedia } from '#server/api/media.ts';

type Props = { params: Promise<{ messageId: string; index: string }> };

export const GET = async (request: Request, { params }: Props) => answerMedia(request, await params);
