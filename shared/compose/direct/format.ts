/** Formats a page for people. */
import { format } from '../prettier.ts';

/** Prettier refuses a few things that browsers accept; such a page is kept as it is, with a warning. */
export async function formatPage(html: string): Promise<{ html: string; warnings: readonly string[] }> {
  try {
    return { html: await format(html, { parser: 'html', printWidth: 100 }), warnings: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [reason] = error.message.split('\n');
    return { html, warnings: [`The page could not be formatted: ${reason}`] };
  }
}
