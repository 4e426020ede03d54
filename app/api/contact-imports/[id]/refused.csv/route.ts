import { answerErrorFile } from '#server/api/upload.ts';

type Props = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Props) => answerErrorFile(request, (await params).id);
