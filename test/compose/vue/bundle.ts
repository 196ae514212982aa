/** Builds Vue files as a project would, with the compiler of single-file components. */
import { compileScript, compileStyle, compileTemplate, parse } from '@vue/compiler-sfc';
import type { Plugin } from 'esbuild';

export interface CompiledFile {
  readonly code: string;
  readonly css: string;
  /** Errors and warnings of every part of the file. */
  readonly faults: readonly string[];
}

const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/** @param id marks the scope of its styles. */
export function compileFile(source: string, filename: string, id: string): CompiledFile {
  const { descriptor, errors } = parse(source, { filename });
  const faults: string[] = errors.map(messageOf);
  const scoped = `data-v-${id}`;
  const script = descriptor.scriptSetup ? compileScript(descriptor, { id: scoped }) : undefined;
  const template = compileTemplate({
    source: descriptor.template?.content ?? '',
    filename,
    id: scoped,
    scoped: descriptor.styles.some((style) => style.scoped),
    compilerOptions: {
      scopeId: scoped,
      expressionPlugins: ['typescript'],
      ...(script?.bindings && { bindingMetadata: script.bindings }),
    },
  });
  faults.push(...[...template.errors, ...template.tips].map(messageOf));
  const styles = descriptor.styles.map((style) =>
    compileStyle({ source: style.content, filename, id: scoped, scoped: style.scoped === true }),
  );
  faults.push(...styles.flatMap((style) => style.errors.map(messageOf)));
  const main = script?.content.replace(/export default /, 'const component = ') ?? 'const component = {};';
  const code = `${main}\n${template.code.replace('export function render', 'function render')}\ncomponent.render = render;\ncomponent.__scopeId = '${scoped}';\nexport default component;`;
  return { code, css: styles.map((style) => style.code).join('\n'), faults };
}

/** Lets esbuild read Vue files. @param sources text by file name. */
export function vueFiles(sources: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'vue files',
    setup(build) {
      const compiled = new Map<string, CompiledFile>();
      build.onResolve({ filter: /\.vue$/ }, ({ path }) => ({
        path: path.replace('./', ''),
        namespace: 'vue',
      }));
      build.onResolve({ filter: /\.vue\.css$/ }, ({ path }) => ({ path, namespace: 'vue-style' }));
      build.onLoad({ filter: /.*/, namespace: 'vue' }, ({ path }) => {
        const file = compileFile(sources.get(path) ?? '', path, path.replace(/\W/g, ''));
        compiled.set(path, file);
        return {
          contents: `import '${path}.css';\n${file.code}`,
          loader: 'ts',
          resolveDir: import.meta.dirname,
        };
      });
      build.onLoad({ filter: /.*/, namespace: 'vue-style' }, ({ path }) => ({
        contents: compiled.get(path.replace(/\.css$/, ''))?.css ?? '',
        loader: 'css',
        resolveDir: import.meta.dirname,
      }));
    },
  };
}
