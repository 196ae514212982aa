/** What the core tells in English, for readers of Chinese; what is not known here stays as it came. */

const known: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^measured without a model$/, '未使用模型测量'],
  [/^measured, and named by the model$/, '测量得出，由模型命名'],
  [/^perceived by the model, composed from the pixels$/, '由模型感知，按像素组成'],
  [/^written by the model$/, '由模型编写'],
  [/^reading the picture$/, '正在读取图片'],
  [/^looking for the page in the photo$/, '正在照片中寻找页面'],
  [/^fitting the picture to the model$/, '正在为模型调整图片'],
  [/^waiting for the model$/, '正在等待模型'],
  [/^asking the model what to change$/, '正在询问模型如何修改'],
  [/^reading the instruction$/, '正在阅读指令'],
  [/^reading words, (\d+) lines?$/, '正在识别文字，$1 行'],
  [/^measuring what was perceived$/, '正在测量感知到的内容'],
  [/^measuring what the model pointed at$/, '正在测量模型指出的内容'],
  [/^perceived (\d+) of (\d+) parts$/, '已感知 $2 个部分中的 $1 个'],
  [/^composing the page$/, '正在组成页面'],
  [/^tidying the diagram$/, '正在整理图表'],
  [/^rendering the (?:changed )?page$/, '正在渲染页面'],
  [/^comparing .+ with the picture, (\d+) of (\d+)$/, '正在与图片比较，第 $1 个，共 $2 个'],
  [/^comparing .+ with the picture, pixel by pixel$/, '正在与图片逐像素比较'],
  [/^comparing .+ with the picture$/, '正在与图片比较'],
  [/^laying out anew where .+ differs from the picture$/, '正在对与图片不同之处重新布局'],
  [/^writing it anew$/, '正在重新编写'],
  [/^showing the candidate$/, '正在显示候选'],
  [/^taking it back$/, '正在撤销'],
  [/^putting the files together$/, '正在整理文件'],
  [/^opening it in the editor$/, '正在编辑器中打开'],
  [/^measured$/, '测量'],
  [/^perceived$/, '感知'],
  [/^direct(.*)$/, '直接编写$1'],
  [/^There is no picture yet\.$/, '还没有图片。'],
  [/^No shapes were found in this picture\.$/, '在此图片中未找到图形。'],
  [
    /^Instructions change pages\. A diagram is changed in its editor:.*$/,
    '指令只能修改页面。图表请在其编辑器中修改：draw.io，或任何编辑 Mermaid 的编辑器。',
  ],
];

/** A message of the core in the language of the page. */
export function inChinese(message: string): string {
  const found = known.find(([english]) => english.test(message));
  return found === undefined ? message : message.replace(found[0], found[1]);
}
