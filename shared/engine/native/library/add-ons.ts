/** Where libraries lie that the user added, by `pixelwright gpu add`. */
import path from 'node:path';
import { libraryVersion } from './pins.ts';

/** `cpu` only where a machine's own libraries do not come with pixelwright. */
export const addOns = ['cuda', 'cpu'] as const;
export type AddOn = (typeof addOns)[number];

/** `<home>/engines`. */
export const enginesFolder = (home: string): string => path.join(home, 'engines');

/** `<home>/engines/cuda-3.21.1`: what npm installed, for one version of the libraries. */
export function addOnFolder(home: string, addOn: AddOn, version: string = libraryVersion): string {
  return path.join(enginesFolder(home), `${addOn}-${version}`);
}

/** Folder of a package's libraries below a folder that npm installed into. @param packageName without the scope. */
export function librariesIn(folder: string, packageName: string): string {
  const name = packageName.replace(/-ext$/, '');
  return path.join(folder, 'node_modules', '@node-llama-cpp', packageName, 'bins', name);
}
