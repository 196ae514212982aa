/** Pictures that are pasted, dropped or chosen. */
import { byId } from './dom.ts';

export interface Picture {
  readonly name: string;
  readonly base64: string;
  /** For an `img`, until the next picture comes. */
  readonly url: string;
}

/** @param onFile is given undefined where there was no picture in what the user gave. */
export function listenForPictures(onFile: (file: File | undefined) => void): void {
  const input = byId('file', HTMLInputElement);
  for (const id of ['choose', 'choose-first'])
    byId(id, HTMLButtonElement).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    if (input.files?.[0] !== undefined) onFile(input.files[0]);
    // Choosing the same file again is a wish too.
    input.value = '';
  });
  document.addEventListener('paste', ({ clipboardData, target }) => {
    const file = pictureIn(clipboardData);
    // Words that are pasted into the field are no failed picture.
    if (file === undefined && target instanceof HTMLInputElement) return;
    onFile(file);
  });
  listenForDrops(onFile);
}

function listenForDrops(onFile: (file: File | undefined) => void): void {
  const show = (isOver: boolean): void => void document.body.classList.toggle('dropping', isOver);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    show(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) show(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    show(false);
    onFile(pictureIn(event.dataTransfer));
  });
}

/** A file whose type the system does not know may be a picture all the same: the host looks at its content. */
function pictureIn(data: DataTransfer | null): File | undefined {
  const files = [...(data?.files ?? [])];
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0];
}

export async function readPicture(file: File): Promise<Picture> {
  return {
    name: file.name === '' ? 'pasted.png' : file.name,
    base64: await base64Of(file),
    url: URL.createObjectURL(file),
  };
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file cannot be read.')));
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.readAsDataURL(file);
  });
}

/** A picture of which only the bytes were kept. */
export const fileOf = (name: string, base64: string, type = ''): File =>
  new File([bytesOf(base64)], name, { type });

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
