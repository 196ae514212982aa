/** What a picture can be pasted as, by the document that it is pasted into. */

export const ways = ['html', 'vue', 'jsx', 'text', 'mermaid-block', 'mermaid', 'drawio'] as const;
export type Way = (typeof ways)[number];

/** Ways that give a page's markup. */
export type PageWay = Extract<Way, 'html' | 'vue' | 'jsx'>;

export const isPageWay = (way: Way): way is PageWay => way === 'html' || way === 'vue' || way === 'jsx';

const byLanguage: Readonly<{ [language: string]: readonly Way[] }> = {
  html: ['html'],
  'django-html': ['html'],
  handlebars: ['html'],
  php: ['html'],
  razor: ['html'],
  twig: ['html'],
  vue: ['vue'],
  javascriptreact: ['jsx'],
  typescriptreact: ['jsx'],
  markdown: ['text', 'mermaid-block'],
  mermaid: ['mermaid'],
};

/** Languages and names of the documents that something can be pasted into, as a document selector. */
export const documentFilters: readonly ({ readonly language: string } | { readonly pattern: string })[] = [
  ...Object.keys(byLanguage).map((language) => ({ language })),
  { language: 'xml' },
  // Without another extension these are plain text to the editor.
  { pattern: '**/*.{drawio,dio,mmd,mermaid,vue}' },
];

/**
 * The likeliest first; empty where nothing fits.
 * @param languageId of VS Code.
 * @param path with forward slashes.
 */
export function waysFor(languageId: string, path: string, text: string): readonly Way[] {
  if (/\.(?:mmd|mermaid)$/i.test(path)) return ['mermaid'];
  if (/\.vue$/i.test(path)) return ['vue'];
  if (/\.(?:drawio|dio)(?:\.xml)?$/i.test(path)) return ['drawio'];
  // Any other XML has a shape of its own.
  if (languageId === 'xml')
    return text.trim() === '' || /<mx(?:file|GraphModel)[\s>]/.test(text) ? ['drawio'] : [];
  return byLanguage[languageId] ?? [];
}
