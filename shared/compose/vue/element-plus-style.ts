/** The measured look on components of Element Plus: what is theirs is taken off, what is ours goes to their variables. */
import type { StyleRule } from '../components/rules.ts';
import { noStyles } from '../html/element.ts';
import type { ElementPlus, ElementTag } from './element-plus.ts';

const bare = 'height: 100%; min-height: 0; padding: 0; border-radius: inherit; background: none;';
const tick = (name: string): string => `.el-${name} { height: auto; margin: 0; }
.el-${name} :deep(.el-${name}__input), .el-${name} :deep(.el-${name}__inner) { width: 100%; height: 100%; }
.el-${name} :deep(.el-${name}__label) { padding: 0; }
`;

/** Selectors weigh more than Element's own, whichever sheet is loaded first. */
const taken: Readonly<Record<ElementTag, string>> = {
  'el-button': `button.el-button { height: auto; margin: 0; padding: 0; border: 0; border-radius: 0; background: none; color: inherit; font: inherit; text-align: inherit; white-space: inherit; user-select: auto; }
button.el-button > :deep(span) { display: contents; }
`,
  'el-input': `.el-input { height: auto; font: inherit; }
.el-input :deep(.el-input__wrapper) { ${bare} }
.el-input :deep(.el-input__wrapper:not(.is-focus)) { box-shadow: none; }
.el-input :deep(.el-input__inner) { height: 100%; color: inherit; font: inherit; }
`,
  'el-textarea': `.el-textarea { font: inherit; }
.el-textarea :deep(.el-textarea__inner) { ${bare} color: inherit; font: inherit; }
.el-textarea :deep(.el-textarea__inner:not(:focus)) { box-shadow: none; }
`,
  'el-select': `.el-select { font: inherit; }
.el-select :deep(.el-select__wrapper) { ${bare} font: inherit; }
.el-select :deep(.el-select__wrapper:not(.is-focused)) { box-shadow: none; }
.el-select :deep(.el-select__placeholder) { color: inherit; }
`,
  'el-checkbox': tick('checkbox'),
  'el-radio': tick('radio'),
  'el-switch': `.el-switch { height: auto; }
.el-switch :deep(.el-switch__core) { position: absolute; inset: 0; width: auto; min-width: 0; height: auto; border: 0; border-radius: inherit; }
.el-switch :deep(.el-switch__action) { left: 2px; }
.el-switch.is-checked :deep(.el-switch__action) { left: calc(100% - 2px); transform: translateX(-100%); }
`,
};

/** Rules that come before those of the page's own classes. */
export const takenStyles = ({ used }: ElementPlus): string => [...used].map((tag) => taken[tag]).join('');

/** Names of the own classes as they stand in the sheet. */
export const selectorIn =
  ({ selectors }: ElementPlus) =>
  (className: string): string =>
    selectors.get(className) ?? className;

/** Rules whose declarations a component knows under another name. */
export const controlRules = (element: ElementPlus): StyleRule[] =>
  element.rules.map((rule) => {
    const tag = element.selectors.get(rule.className)?.split('.')[0];
    if (tag === undefined || tag === 'el-button') return rule;
    const { base: all, placeholder, ...layers } = rule.layers;
    const { 'accent-color': accent, background, ...base } = all;
    const said: Record<string, string | number> = { ...base };
    if (background !== undefined) said['background'] = background;
    if (placeholder['color'] !== undefined) said['--el-input-placeholder-color'] = placeholder['color'];
    if (accent !== undefined && tag === 'el-checkbox') {
      said['--el-checkbox-checked-bg-color'] = accent;
      said['--el-checkbox-checked-input-border-color'] = accent;
    } else if (accent !== undefined) said['--el-color-primary'] = accent;
    const state = element.switches.get(rule.className);
    if (state !== undefined && background !== undefined) {
      delete said['background'];
      if (state !== 'off') said['--el-switch-on-color'] = background;
      if (state !== 'on') said['--el-switch-off-color'] = background;
    }
    // A component shows its own focus: what is focused is inside it.
    return { ...rule, layers: { ...noStyles(), ...layers, base: said, focus: {} } };
  });

const names: Readonly<Record<ElementTag, readonly string[]>> = {
  'el-button': ['ElButton'],
  'el-input': ['ElInput'],
  'el-textarea': ['ElInput'],
  'el-select': ['ElSelect', 'ElOption'],
  'el-checkbox': ['ElCheckbox'],
  'el-radio': ['ElRadio'],
  'el-switch': ['ElSwitch'],
};

/** Imports of the components and of their styles, so that nothing has to be registered. */
export function elementImports({ used }: ElementPlus): string[] {
  if (used.size === 0) return [];
  const imported = [...new Set([...used].flatMap((tag) => names[tag]))].sort();
  const styles = imported.map(
    (name) => `import 'element-plus/es/components/${name.slice(2).toLowerCase()}/style/css';`,
  );
  return [`import { ${imported.join(', ')} } from 'element-plus';`, ...styles];
}
