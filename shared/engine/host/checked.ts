/** Validation of what came over the wire, with the place of the first fault in the sentence. */
import type { z } from 'zod';
import { PixelwrightError } from '../../errors.ts';

/**
 * @param what begins the sentence: `The chat request`.
 * @throws PixelwrightError `option-invalid`.
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const place = (first?.path ?? [])
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  const fault = (first?.message ?? 'unknown').replace(/\.$/, '');
  throw new PixelwrightError(
    'option-invalid',
    `${what} is not valid${place === '' ? '' : ` at ${place}`}: ${fault}.`,
    { next: 'Correct the request.', details: { place, issues: result.error.issues.length } },
  );
}
