/** What the page says, in the languages that it speaks; figures and names are put in for `{0}`. */
import { inChinese } from './core-words.ts';

const english = {
  choose: 'Choose Picture…',
  cancel: 'Cancel',
  progressLabel: 'Progress',
  intakeTitle: 'Paste, drop or choose a picture',
  intakeHint: 'A mockup or screenshot becomes a page, a whiteboard or sketch a diagram.',
  pasteHint: 'pastes from the clipboard',
  target: 'Target',
  look: 'Picture and Preview',
  view: 'View',
  side: 'Side by Side',
  slider: 'Slider',
  difference: 'Difference',
  differenceHint: 'Black: alike. The brighter, the more different.',
  picture: 'Picture',
  preview: 'Preview',
  pictureAlt: 'The picture',
  drawingAlt: 'Preview of the diagram',
  previewTitle: 'Preview of the page',
  wipe: 'Where the picture ends and the preview begins',
  wipeValue: '{0} % picture',
  candidates: 'Candidates',
  best: 'Best',
  draft: 'Draft',
  score: '{0} % alike: words {1} %, pixels {2} %',
  unscored: 'not compared with the picture: no browser was found',
  changedOnce: 'changed by one instruction',
  changedTimes: 'changed by {0} instructions',
  change: 'Change It',
  instructionExample: 'make the cards rounded',
  apply: 'Apply',
  undo: 'Undo',
  code: 'Code',
  copy: 'Copy',
  copied: 'Copied {0}.',
  notCopied: 'The browser does not let this page copy; the code is selected, so copy it with the keyboard.',
  open: 'Open in Editor',
  saveFolder: 'Save…',
  saveZip: 'Download Zip',
  saveSingle: 'One File',
  assetsOne: 'With one picture, {1} KB, cut out of yours.',
  assets: 'With {0} pictures, {1} KB, cut out of yours.',
  drop: 'Drop the picture',
  notes: 'Notes: {0}',
  done: 'Done: {0}.',
  drafted: 'Draft ready; looking for a better one.',
  cancelled: 'Cancelled.',
  restored: 'This picture was open before the reload.',
  goOn: 'Convert It Again',
  setUp: 'Set Up Model',
  noModel: 'No model is installed: the page is measured from the pixels.',
  dismiss: 'Dismiss',
  notAPicture: 'There is no picture in what you gave.',
  tooLarge: 'The picture has {0} MB; the largest that is read has {1} MB. Save it smaller.',
  lost: 'The connection to pixelwright is lost.',
  lostNext: 'Start "pixelwright serve" again and open the address that it prints.',
  noKey: 'This address lets nobody in by itself.',
  noKeyNext: 'Open the address that "pixelwright serve" prints; each is good for one browser.',
};

export type TextName = keyof typeof english;

const chinese: Readonly<Record<TextName, string>> = {
  choose: '选择图片…',
  cancel: '取消',
  progressLabel: '进度',
  intakeTitle: '粘贴、拖放或选择一张图片',
  intakeHint: '设计稿或截图变成网页，白板或草图变成图表。',
  pasteHint: '从剪贴板粘贴',
  target: '目标',
  look: '图片与预览',
  view: '视图',
  side: '并排',
  slider: '滑块',
  difference: '差异',
  differenceHint: '黑色表示相同；越亮差异越大。',
  picture: '图片',
  preview: '预览',
  pictureAlt: '图片',
  drawingAlt: '图表预览',
  previewTitle: '网页预览',
  wipe: '图片与预览的分界',
  wipeValue: '图片 {0}%',
  candidates: '候选',
  best: '最佳',
  draft: '草稿',
  score: '相似度 {0}%：文字 {1}%，像素 {2}%',
  unscored: '未与图片比较：未找到浏览器',
  changedOnce: '已按一条指令修改',
  changedTimes: '已按 {0} 条指令修改',
  change: '修改',
  instructionExample: '把卡片改成圆角',
  apply: '应用',
  undo: '撤销',
  code: '代码',
  copy: '复制',
  copied: '已复制 {0}。',
  notCopied: '浏览器不允许此页面复制；代码已选中，请用键盘复制。',
  open: '在编辑器中打开',
  saveFolder: '保存…',
  saveZip: '下载 Zip',
  saveSingle: '单个文件',
  assetsOne: '另有一张图片，{1} KB，从您的图片中裁出。',
  assets: '另有 {0} 张图片，共 {1} KB，从您的图片中裁出。',
  drop: '放下图片',
  notes: '说明：{0}',
  done: '完成：{0}。',
  drafted: '草稿已就绪，正在寻找更好的结果。',
  cancelled: '已取消。',
  restored: '重新加载之前打开的就是这张图片。',
  goOn: '再次转换',
  setUp: '设置模型',
  noModel: '未安装模型：页面仅根据像素测量得出。',
  dismiss: '关闭',
  notAPicture: '您给出的内容中没有图片。',
  tooLarge: '图片有 {0} MB；最大可读取 {1} MB。请缩小后再试。',
  lost: '与 pixelwright 的连接已断开。',
  lostNext: '请重新运行 "pixelwright serve"，并打开它显示的地址。',
  noKey: '此地址本身不允许访问。',
  noKeyNext: '请打开 "pixelwright serve" 显示的地址；每个地址只供一个浏览器使用。',
};

const table = /^zh\b/i.test(document.documentElement.lang) ? chinese : english;

/** What the core has told. */
export const told = (message: string): string => (table === chinese ? inChinese(message) : message);

export function text(name: TextName, ...values: readonly (string | number)[]): string {
  return table[name].replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}

const isName = (name: string | undefined): name is TextName => name !== undefined && name in table;

/** Puts the language's texts into the page's markup. */
export function translatePage(): void {
  const each = (key: string, set: (element: HTMLElement, words: string) => void): void => {
    for (const element of document.querySelectorAll<HTMLElement>(`[data-${key}]`)) {
      const name = element.dataset[key];
      if (isName(name)) set(element, text(name));
    }
  };
  each('text', (element, words) => {
    element.textContent = words;
  });
  each('alt', (element, words) => element.setAttribute('alt', words));
  each('title', (element, words) => element.setAttribute('title', words));
  each('label', (element, words) => element.setAttribute('aria-label', words));
  each('placeholder', (element, words) => element.setAttribute('placeholder', words));
}
