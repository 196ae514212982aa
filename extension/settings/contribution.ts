/** The settings schema as `contributes.configuration` of the manifest, and its English texts. */
import { z } from 'zod';
import { defaultSettings, type SettingName, settingNames, settingsSchema } from '../../shared/start.ts';
import { choices, descriptions, type SettingScope, sections, unlisted } from './layout.ts';

/** A property of VS Code's settings schema; texts are placeholders such as `%setting.to%`. */
export interface Property {
  readonly order: number;
  readonly scope: SettingScope;
  readonly description: string;
  readonly type: string | readonly string[];
  readonly default: unknown;
  readonly [more: string]: unknown;
}

export interface ConfigurationSection {
  readonly id: string;
  readonly title: string;
  readonly order: number;
  readonly properties: Readonly<Record<string, Property>>;
}

export interface Contribution {
  readonly configuration: readonly ConfigurationSection[];
  /** Settings that a workspace may not set before its user trusts it. */
  readonly restricted: readonly string[];
  /** English, by key of `package.nls.json`. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What of a JSON schema zod writes for a setting. */
const shapeSchema = z.looseObject({
  type: z.string(),
  enum: z.array(z.string()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.unknown().optional(),
});

type Shape = z.infer<typeof shapeSchema>;

const shapes = z.object({ properties: z.record(z.string(), shapeSchema) });

/** @throws Error where a setting stands in no section, or in several. */
export function contribution(): Contribution {
  const { properties: known } = shapes.parse(z.toJSONSchema(settingsSchema, { io: 'input' }));
  const placed = sections.flatMap(({ settings }) => namesIn(settings));
  for (const name of settingNames) {
    const times = placed.filter((other) => other === name).length + (name in unlisted ? 1 : 0);
    if (times !== 1) throw new Error(`The setting ${name} must stand in one section; it stands in ${times}.`);
  }
  const texts: Record<string, string> = {};
  const configuration = sections.map(({ id, title, settings }, order): ConfigurationSection => {
    texts[`settings.${id}`] = title;
    const rows = namesIn(settings).map((name, place) => {
      const shape = known[name];
      if (shape === undefined) throw new Error(`The schema says nothing of ${name}.`);
      Object.assign(texts, textsOf(name, shape.enum ?? []));
      const about = {
        order: place,
        scope: settings[name] ?? 'resource',
        description: `%setting.${name}%`,
      } as const;
      return [`pixelwright.${name}`, { ...about, ...valuesOf(name, shape) }] as const;
    });
    return {
      id: `pixelwright.${id}`,
      title: `%settings.${id}%`,
      order,
      properties: Object.fromEntries(rows),
    };
  });
  const restricted = configuration.flatMap(({ properties }) =>
    Object.entries(properties).flatMap(([key, { scope }]) => (scope === 'resource' ? [] : [key])),
  );
  return { configuration, restricted, texts };
}

/** Of a section or a table; Object.keys is typed string[]. */
const namesIn = (settings: Readonly<Partial<Record<SettingName, unknown>>>): SettingName[] =>
  Object.keys(settings) as SettingName[];

/** A setting that may be absent is empty text, or null for a number: an editor cannot show "absent". */
function valuesOf(name: SettingName, shape: Shape): { type: string | string[]; default: unknown } {
  const absent = defaultSettings[name] === undefined;
  if (shape.enum !== undefined) {
    return {
      type: 'string',
      ...{ enum: shape.enum, enumDescriptions: shape.enum.map((word) => `%setting.${name}.${word}%`) },
      default: defaultSettings[name],
    };
  }
  if (shape.type === 'integer') {
    const least =
      shape.minimum ?? (shape.exclusiveMinimum === undefined ? undefined : shape.exclusiveMinimum + 1);
    const most = shape.maximum === Number.MAX_SAFE_INTEGER ? undefined : shape.maximum;
    return {
      type: absent ? ['integer', 'null'] : 'integer',
      ...(least === undefined ? {} : { minimum: least }),
      ...(most === undefined ? {} : { maximum: most }),
      default: absent ? null : defaultSettings[name],
    };
  }
  if (shape.type === 'array') {
    return {
      type: 'array',
      ...{ items: { type: 'string', minLength: 1 }, uniqueItems: true },
      default: defaultSettings[name],
    };
  }
  const address = shape.format === 'uri' ? { pattern: '^$|^https?://' } : {};
  return { type: 'string', ...address, default: absent ? '' : defaultSettings[name] };
}

/** `Where the model runs. native: inside pixelwright; auto: …` → the sentence, and what each word means. */
export function parted(
  description: string,
  words: readonly string[],
): { text: string; meanings: Map<string, string> } {
  const meanings = new Map<string, string>();
  const alternatives = words.join('|');
  if (words.length === 0) return { text: description, meanings };
  const start = new RegExp(`(?:^|[.;] )(?=(?:${alternatives}): )`).exec(description);
  if (start === null) return { text: description, meanings };
  const text = description.slice(0, start.index).trim();
  for (const part of description.slice(start.index + start[0].length).split(/; (?=\S+: )/)) {
    const [word = '', meaning = ''] = part.split(/: (.*)/s);
    if (words.includes(word)) meanings.set(word, sentence(meaning));
  }
  return { text: text === '' || text.endsWith('.') ? text : `${text}.`, meanings };
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

function textsOf(name: SettingName, words: readonly string[]): Record<string, string> {
  const { text, meanings } = parted(settingsSchema.shape[name].description ?? '', words);
  const told = descriptions[name] ?? text;
  if (told === '') throw new Error(`The setting ${name} needs a sentence of its own.`);
  const rows = words.map((word) => {
    const meaning = choices[name]?.[word] ?? meanings.get(word);
    if (meaning === undefined) throw new Error(`Nothing tells what "${word}" means for ${name}.`);
    return [`setting.${name}.${word}`, meaning] as const;
  });
  return { [`setting.${name}`]: told, ...Object.fromEntries(rows) };
}
