import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 240;
const HEIGHT = 160;

/** A small file of a kind, for people who send without having one: a picture with colours, a tone, a page, else words. */
export function sampleFile(contentType: string): { contentType: string; bytes: Buffer } {
  if (contentType.startsWith('image/')) return { contentType: 'image/png', bytes: picture() };
  if (contentType.startsWith('audio/')) return { contentType: 'audio/wav', bytes: tone() };
  if (contentType === 'application/pdf') return { contentType, bytes: Buffer.from(PAGE) };
  return { contentType, bytes: Buffer.from('A file of the simulator.\n') };
}

/** https://www.w3.org/TR/png-3/: signature, header, one stream of rows, end. */
function picture(): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    rows[at++] = 0; // no filter
    for (let x = 0; x < WIDTH; x++) for (const value of [60 + (x * 160) / WIDTH, 90 + (y * 120) / HEIGHT, 200 - (x * 80) / WIDTH]) rows[at++] = value;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, red green blue
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** One second of 440 Hz, 8 bits, 8 kHz. */
function tone(): Buffer {
  const samples = Buffer.from(Array.from({ length: 8_000 }, (_, i) => 128 + Math.round(60 * Math.sin((2 * Math.PI * 440 * i) / 8_000))));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0); header.writeUInt32LE(36 + samples.length, 4); header.write('WAVEfmt ', 8); header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); header.writeUInt16LE(1, 22); header.writeUInt32LE(8_000, 24); header.writeUInt32LE(8_000, 28); header.writeUInt16LE(1, 32); header.writeUInt16LE(8, 34);
  header.write('data', 36); header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

const PAGE = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 47>>stream
BT /F1 18 Tf 40 100 Td (A file of the simulator) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
`;
