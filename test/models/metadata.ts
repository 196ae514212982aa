/** The metadata of Qwen3-VL's two files, key by key as llama.cpp's converter writes it. */
import type { Metadata, MetadataValue } from './gguf-writer.ts';
import type { LanguageShape, VisionShape } from './shapes.ts';
import type { Vocabulary } from './vocabulary.ts';

/** llama.cpp's numbers for what a file is mostly made of (`enum llama_ftype`). */
export const fileTypes = { f32: 0, f16: 1, q8_0: 7, q4_k_m: 15 } as const;

export type FileType = keyof typeof fileTypes;

/** Of norms, in both models. */
const epsilon = 1e-6;

/** The chat form of Qwen3-VL in short: system, user and assistant turns, pictures and films in their place. */
const chatTemplate = `{%- for message in messages -%}
<|im_start|>{{ message.role }}
{% if message.content is string %}{{ message.content }}{% else %}{%- for part in message.content -%}
{%- if part.type == 'text' %}{{ part.text }}{% elif part.type == 'video' %}<|vision_start|><|video_pad|><|vision_end|>{% else %}<|vision_start|><|image_pad|><|vision_end|>{% endif -%}
{%- endfor -%}{% endif %}<|im_end|>
{% endfor -%}
{%- if add_generation_prompt %}<|im_start|>assistant
{% endif -%}`;

/** Metadata of the language model's file. `deepStackLayers` is the number of the projector's mergers. */
export function languageMetadata(
  name: string,
  fileType: FileType,
  shape: LanguageShape,
  deepStackLayers: number,
  vocabulary: Vocabulary,
): Metadata {
  const id = (token: string): MetadataValue => uint32(vocabulary.tokens.indexOf(token));
  return {
    'general.architecture': string('qwen3vl'),
    'general.type': string('model'),
    'general.name': string(name),
    'general.file_type': uint32(fileTypes[fileType]),
    'general.quantization_version': uint32(2),
    'qwen3vl.block_count': uint32(shape.layers),
    'qwen3vl.context_length': uint32(shape.context),
    'qwen3vl.embedding_length': uint32(shape.width),
    'qwen3vl.feed_forward_length': uint32(shape.feedForward),
    'qwen3vl.attention.head_count': uint32(shape.heads),
    'qwen3vl.attention.head_count_kv': uint32(shape.keyValueHeads),
    'qwen3vl.attention.key_length': uint32(shape.headSize),
    'qwen3vl.attention.value_length': uint32(shape.headSize),
    'qwen3vl.attention.layer_norm_rms_epsilon': float32(epsilon),
    'qwen3vl.rope.freq_base': float32(shape.ropeBase),
    'qwen3vl.rope.dimension_sections': { type: 'array', of: 'int32', values: shape.ropeSections },
    'qwen3vl.n_deepstack_layers': uint32(deepStackLayers),
    'tokenizer.ggml.model': string('gpt2'),
    'tokenizer.ggml.pre': string('qwen2'),
    'tokenizer.ggml.tokens': { type: 'array', of: 'string', values: vocabulary.tokens },
    'tokenizer.ggml.token_type': { type: 'array', of: 'int32', values: vocabulary.types },
    'tokenizer.ggml.merges': { type: 'array', of: 'string', values: vocabulary.merges },
    'tokenizer.ggml.bos_token_id': id('<|endoftext|>'),
    'tokenizer.ggml.eos_token_id': id('<|im_end|>'),
    'tokenizer.ggml.padding_token_id': id('<|endoftext|>'),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.chat_template': string(chatTemplate),
  };
}

/** Metadata of the projector's file. `outputWidth` is the width of the language model. */
export function visionMetadata(
  name: string,
  fileType: FileType,
  shape: VisionShape,
  outputWidth: number,
): Metadata {
  const isDeepStack = Array.from({ length: shape.layers }, (_, layer) => shape.deepStackAt.includes(layer));
  return {
    'general.architecture': string('clip'),
    'general.type': string('mmproj'),
    'general.name': string(name),
    'general.file_type': uint32(fileTypes[fileType]),
    'general.quantization_version': uint32(2),
    'clip.has_vision_encoder': { type: 'bool', value: true },
    'clip.projector_type': string('qwen3vl_merger'),
    'clip.use_gelu': { type: 'bool', value: true },
    'clip.vision.projection_dim': uint32(outputWidth),
    'clip.vision.image_size': uint32(shape.grid * shape.patch),
    'clip.vision.patch_size': uint32(shape.patch),
    'clip.vision.embedding_length': uint32(shape.width),
    'clip.vision.feed_forward_length': uint32(shape.feedForward),
    'clip.vision.block_count': uint32(shape.layers),
    'clip.vision.attention.head_count': uint32(shape.heads),
    'clip.vision.attention.layer_norm_epsilon': float32(epsilon),
    'clip.vision.image_mean': { type: 'array', of: 'float32', values: [0.5, 0.5, 0.5] },
    'clip.vision.image_std': { type: 'array', of: 'float32', values: [0.5, 0.5, 0.5] },
    'clip.vision.spatial_merge_size': uint32(shape.merge),
    'clip.vision.is_deepstack_layers': { type: 'array', of: 'bool', values: isDeepStack },
  };
}

function uint32(value: number): MetadataValue {
  return { type: 'uint32', value };
}

function float32(value: number): MetadataValue {
  return { type: 'float32', value };
}

function string(value: string): MetadataValue {
  return { type: 'string', value };
}
