/** What outlives a reload of the page: the picture and what it becomes, to go on with. */
import * as z from 'zod';
import { panelTargets } from '../shared/panel-protocol.ts';

/** Characters of base64; more would make the editor slow that keeps it. Browsers keep half of that at most. */
const longest = 8 * 1024 * 1024;

const keptSchema = z.object({
  target: z.enum(panelTargets),
  picture: z.object({ name: z.string().min(1), base64: z.string().min(1).max(longest) }).optional(),
});
export type Kept = z.infer<typeof keptSchema>;

/** Undefined for what was never kept, or by another version. */
export const keptOf = (value: unknown): Kept | undefined => keptSchema.safeParse(value).data;

/** Without a picture that is too large to be kept. */
export const keepable = ({ target, picture }: Kept): Kept =>
  picture === undefined || picture.base64.length > longest
    ? { target }
    : { target, picture: { name: picture.name, base64: picture.base64 } };
