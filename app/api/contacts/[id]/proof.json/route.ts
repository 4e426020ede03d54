import { answerProof } from '#server/api/proof.ts';

type Place = { params: Promise<{ id: string }> };

export const GET = async (request: Request, { params }: Place) => answerProof(request, (await params).id, 'json');
