/** Writes small GGUF files: a header as a real one has it, and data that no engine will read. */

type Value = string | number | boolean | readonly string[];

const unsigned32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const unsigned64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([unsigned64(bytes.length), bytes]);
};

function typed(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([unsigned32(8), text(value)]);
  if (typeof value === 'number') return Buffer.concat([unsigned32(4), unsigned32(value)]);
  if (typeof value === 'boolean') return Buffer.concat([unsigned32(7), Buffer.from([Number(value)])]);
  return Buffer.concat([unsigned32(9), unsigned32(8), unsigned64(value.length), ...value.map(text)]);
}

/** @param weights of the one tensor, in F32; its data is made from `seed`. */
export function ggufBytes(
  values: Readonly<Record<string, Value>>,
  { weights = 64, seed = 1, version = 3 }: { weights?: number; seed?: number; version?: number } = {},
): Buffer {
  const entries = Object.entries(values).map(([key, value]) => Buffer.concat([text(key), typed(value)]));
  const tensor = Buffer.concat([
    text('token_embd.weight'),
    unsigned32(1),
    unsigned64(weights),
    unsigned32(0),
    unsigned64(0),
  ]);
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    unsigned32(version),
    unsigned64(1),
    unsigned64(entries.length),
    ...entries,
    tensor,
  ]);
  const data = Buffer.alloc(weights * 4);
  let state = seed;
  for (let index = 0; index < data.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    data[index] = state >>> 16;
  }
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), data]);
}

export interface PairOptions {
  readonly width?: number;
  readonly weights?: number;
  readonly seed?: number;
}

export const modelBytes = ({ width = 2048, ...rest }: PairOptions = {}): Buffer =>
  ggufBytes(
    {
      'general.architecture': 'qwen3vl',
      'tokenizer.ggml.tokens': Array.from({ length: 300 }, (_, index) => `word ${index}`),
      'qwen3vl.embedding_length': width,
    },
    rest,
  );

export const projectorBytes = ({ width = 2048, ...rest }: PairOptions = {}): Buffer =>
  ggufBytes(
    {
      'general.architecture': 'clip',
      'clip.has_vision_encoder': true,
      'clip.projector_type': 'qwen3vl_merger',
      'clip.vision.projection_dim': width,
    },
    rest,
  );
