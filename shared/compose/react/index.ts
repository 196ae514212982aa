/**
 * UI tree → one React module with a component for the page and one for each thing that it repeats, and a
 * CSS module beside it: plain class names of two generated pages would meet in one application.
 */
import { type Imports, inlineRecords, interfaceText, literal, typeText } from '../components/code.ts';
import { pageClass, type SheetDialect, sheetText, tagsOf, withVariables } from '../components/css.ts';
import { camelCase, fileStem, pascalCase } from '../components/identifiers.ts';
import { type Component, type ComponentPage, componentsOf } from '../components/index.ts';
import { generatorNote } from '../generator.ts';
import { format } from '../prettier.ts';
import type { PageCompiler } from '../target.ts';
import { type JsxContext, jsxExpression } from './jsx.ts';

/** Class names as properties: `card-title--active` → `cardTitleActive`; no two become one. */
function classNames(): (name: string) => string {
  const known = new Map<string, string>();
  const taken = new Set<string>();
  const classOf = (name: string): string => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // One of several looks: code puts the number behind the name itself.
    const [, stem, number] = /^(.+--.+-)(\d+)$/.exec(name) ?? [];
    if (stem !== undefined) return `${classOf(stem)}${number}`;
    const wanted = `${camelCase(name) || 'part'}${name.endsWith('-') ? '_' : ''}`;
    let fresh = wanted;
    for (let count = 2; taken.has(fresh); count += 1) fresh = `${wanted}Other${count}`;
    taken.add(fresh);
    known.set(name, fresh);
    return fresh;
  };
  return classOf;
}

/** `NAME.tsx` and `NAME.module.css`. */
export const compileReact: PageCompiler = async (page, { name, palette }) => {
  const stem = fileStem(name);
  const assets = page.assets.map((asset) => asset.path);
  const found = componentsOf(page.body, { name: pascalCase(name) || 'Page', assets, oneSheet: true });
  const all = [found.page, ...found.components];
  const className = classNames();
  const root = `.${className(pageClass)}`;
  const dialect: SheetDialect = {
    className,
    // Bare elements are not allowed in a CSS module: all stand within the page.
    reset: (selectors) =>
      selectors
        .map((selector) => {
          if (selector === '*') return `${root}, ${root} *`;
          return /^[a-z]/.test(selector) ? `${root} :where(${selector})` : `${root} ${selector}`;
        })
        .join(', '),
    resetIsWeaker: false,
  };
  const tags = new Set(all.flatMap((component) => [...tagsOf(component.root)]));
  const rules = all.flatMap((component) => component.rules);
  const sheet = sheetText({ rules, tags, page, width: page.context.width, dialect });
  const [css = ''] = withVariables([sheet], page, palette ?? [], root);
  const cssFile = `${stem}.module.css`;
  return [
    {
      path: `${stem}.tsx`,
      mediaType: 'text/tsx',
      role: 'page',
      content: await format(moduleText(found, { cssFile, className }), {
        parser: 'typescript',
        printWidth: 100,
        singleQuote: true,
      }),
    },
    {
      path: cssFile,
      mediaType: 'text/css',
      role: 'style',
      content: await format(`/* ${generatorNote} */\n${css}`, { parser: 'css', printWidth: 100 }),
    },
  ];
};

interface ModuleParts {
  readonly cssFile: string;
  readonly className: (name: string) => string;
}

function moduleText({ page, components }: ComponentPage, { cssFile, className }: ModuleParts): string {
  const imports: Imports = { assets: new Map() };
  const names = new Set(page.fields.map((field) => field.name));
  const used = new Set<string>();
  const constants: { name: string; type: string; text: string }[] = [];
  const contextOf = (component: Component): JsxContext => ({
    nameOf: (field) => field.name,
    names: new Set([...names, ...component.fields.map((field) => field.name)]),
    imports,
    classOf: (name) => `styles.${className(name)}`,
    constants,
    used,
    usesId: { now: false },
  });
  const functions = components.map((component) => functionText(component, contextOf(component)));
  const body = bodyText(page, contextOf(page));
  const data = page.fields.map((field) => {
    const [value] = field.values;
    return `const ${field.name}: ${typeText(field.type)} = ${value === undefined ? '[]' : literal(value, imports)};`;
  });
  const interfaces = [page, ...components].flatMap((component) => [
    ...inlineRecords(component.fields).map((record) => interfaceText(record, false)),
    ...(component === page || component.fields.length === 0 ? [] : [interfaceText(component, false)]),
  ]);
  return [
    `/* ${generatorNote} */`,
    used.size === 0 ? '' : `import { ${[...used].join(', ')} } from 'react';`,
    ...[...imports.assets].map(([path, name]) => `import ${name} from './${path}';`),
    `import styles from './${cssFile}';`,
    '',
    ...interfaces.flatMap((text) => [text, '']),
    ...data,
    ...constants.map(({ name, type, text }) => `const ${name}: ${type} = ${text};`),
    '',
    ...functions.flatMap((text) => [text, '']),
    `export default function ${page.name}() ${body}`,
  ].join('\n');
}

function functionText(component: Component, context: JsxContext): string {
  const { name, typeName, fields } = component;
  const given = fields.length === 0 ? '' : `{ ${fields.map((field) => field.name).join(', ')} }: ${typeName}`;
  return `function ${name}(${given}) ${bodyText(component, context)}`;
}

function bodyText({ root }: Component, context: JsxContext): string {
  const view = jsxExpression(root, context);
  if (!context.usesId.now) return `{ return (${view}); }`;
  context.used.add('useId');
  return `{ const id = useId(); return (${view}); }`;
}
