/** UI tree → Vue single-file components: one for the page, and one for each thing that it repeats. */
import {
  componentTypes,
  type Imports,
  inlineRecords,
  interfaceText,
  literal,
  typeText,
} from '../components/code.ts';
import { type SheetDialect, sheetText, tagsOf, withVariables } from '../components/css.ts';
import { fileStem, pascalCase } from '../components/identifiers.ts';
import { type Component, componentsOf, type View } from '../components/index.ts';
import { generatorNote } from '../generator.ts';
import { format } from '../prettier.ts';
import type { PageCompiler, SourceFile } from '../target.ts';
import { createElementPlus, type ElementPlus } from './element-plus.ts';
import { controlRules, elementImports, selectorIn, takenStyles } from './element-plus-style.ts';
import { type TemplateContext, template } from './template.ts';

/** The compiler of scoped styles ties every selector to the component, so bare elements are safe. */
const dialect: SheetDialect = {
  className: (name) => name,
  reset: (selectors) => selectors.join(', '),
  resetIsWeaker: true,
};

interface Place {
  readonly component: Component;
  /** Of the component's own file, without its ending. */
  readonly file: string;
  readonly isPage: boolean;
}

/** `NAME.vue`, and `NAMEProductCard.vue` beside it for each component. */
export const compileVue: PageCompiler = async (page, { name, palette, components }) => {
  const stem = fileStem(name);
  const pageName = pascalCase(name) || 'Page';
  const assets = page.assets.map((asset) => asset.path);
  const found = componentsOf(page.body, { name: pageName, assets, oneSheet: false });
  const places: Place[] = [
    { component: found.page, file: stem, isPage: true },
    ...found.components.map((component) => ({ component, file: `${stem}${component.name}`, isPage: false })),
  ];
  const written = places.map((place) => {
    const element = components === 'element-plus' ? createElementPlus(place.component.rules) : undefined;
    return { element, code: codeText(place, { stem, pageName, element }) };
  });
  const sheets = places.map(({ component, isPage }, index) => {
    const element = written[index]?.element;
    const sheet = sheetText({
      rules: element === undefined ? component.rules : controlRules(element),
      tags: tagsOf(component.root),
      ...(isPage && { page }),
      width: page.context.width,
      dialect: element === undefined ? dialect : { ...dialect, className: selectorIn(element) },
    });
    return element === undefined ? sheet : takenStyles(element) + sheet;
  });
  const styles = withVariables(sheets, page, palette ?? [], '.page');
  return Promise.all(
    places.map(async (place, index): Promise<SourceFile> => {
      const text = fileText(written[index]?.code ?? '', styles[index] ?? '');
      const content = await format(text, {
        parser: 'vue',
        printWidth: 100,
        singleQuote: true,
        htmlWhitespaceSensitivity: 'css',
      });
      return {
        path: `${place.file}.vue`,
        mediaType: 'text/x-vue',
        role: index === 0 ? 'page' : 'data',
        content,
      };
    }),
  );
};

interface Parts {
  readonly stem: string;
  readonly pageName: string;
  readonly element: ElementPlus | undefined;
}

/** Script and template. */
function codeText({ component, isPage }: Place, { stem, pageName, element }: Parts): string {
  const imports: Imports = { assets: new Map() };
  const tagOf = (other: Component): string => `${pageName}${other.name}`;
  const fields = component.fields;
  const names = new Set(fields.map((field) => field.name));
  const context: TemplateContext = {
    nameOf: (field) => field.name,
    names,
    imports,
    tagOf,
    states: { refs: [], names, reactive: new Set(), ownsLists: isPage },
    constants: [],
    used: new Set(),
    elementPlus: element,
    inItem: false,
    list: undefined,
  };
  const markup = template(component.root, context);
  const { refs, reactive } = context.states;
  if (refs.length > 0 || reactive.size > 0) context.used.add('ref');
  const constants = isPage
    ? fields.map((field) => {
        const [value] = field.values;
        const text = value === undefined ? 'undefined' : literal(value, imports);
        return reactive.has(field)
          ? `const ${field.name} = ref<${typeText(field.type)}>(${text});`
          : `const ${field.name}: ${typeText(field.type)} = ${text};`;
      })
    : [];
  const given = context.constants.map(({ name, type, text }) => `const ${name}: ${type} = ${text};`);
  const states = refs.map(({ name, initial }) => `const ${name} = ref(${initial});`);
  const props = refs.some(({ initial }) => initial.startsWith('props.')) ? 'const props = ' : '';
  const interfaces = [
    ...(isPage || fields.length === 0 ? [] : [interfaceText(component, true)]),
    ...inlineRecords(fields).map((record) => interfaceText(record, false)),
  ];
  const script = [
    context.used.size > 0 ? `import { ${[...context.used].join(', ')} } from 'vue';` : '',
    ...(element === undefined ? [] : elementImports(element)),
    ...importTexts(component, context, { stem, tagOf }),
    ...[...imports.assets].map(([path, name]) => `import ${name} from './${path}';`),
    '',
    ...interfaces,
    '',
    ...(isPage || fields.length === 0 ? [] : [`${props}defineProps<${component.typeName}>();`]),
    '',
    ...(context.used.has('useId') ? ['const id = useId();'] : []),
    ...constants,
    ...given,
    ...states,
  ].join('\n');
  const scriptBlock = script.trim() === '' ? '' : `<script setup lang="ts">\n${script}\n</script>\n\n`;
  return `${scriptBlock}<template>${markup}</template>\n`;
}

function fileText(code: string, style: string): string {
  const styleBlock = style.trim() === '' ? '' : `\n<style scoped>\n${style}</style>\n`;
  return `<!-- ${generatorNote} -->\n${code}${styleBlock}`;
}

/** Components that the template uses, and types that the script writes. */
function importTexts(
  component: Component,
  { constants }: TemplateContext,
  { stem, tagOf }: { stem: string; tagOf: (other: Component) => string },
): string[] {
  const used = new Set(componentsIn(component.root));
  const typed = new Set(componentTypes(component.fields).filter((other) => other.fields.length > 0));
  for (const other of used) if (constants.some(({ type }) => type === other.typeName)) typed.add(other);
  return [...new Set([...used, ...typed])].map((other) => {
    const names = [
      ...(used.has(other) ? [tagOf(other)] : []),
      ...(typed.has(other) ? [`{ type ${other.typeName} }`] : []),
    ];
    return `import ${names.join(', ')} from './${stem}${other.name}.vue';`;
  });
}

function componentsIn(view: View): Component[] {
  if (view.type === 'use') return [view.component];
  if (view.type === 'when') return componentsIn(view.body);
  if (view.type === 'element') return view.children.flatMap(componentsIn);
  if (view.type !== 'each' || view.list.type.type !== 'list')
    return view.type === 'each' && view.body ? componentsIn(view.body) : [];
  const { component } = view.list.type.of;
  return component === undefined ? (view.body === undefined ? [] : componentsIn(view.body)) : [component];
}
