/** Messages → the segments that Qwen3-VL's tokens are made from. */
export { chatSegments } from './chat-segments.ts';
export {
  type ControlSegment,
  type ControlToken,
  controlTokens,
  type FramesSegment,
  type ImageSegment,
  type PromptSegment,
  type TextSegment,
} from './segments.ts';
