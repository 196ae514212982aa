/** The key of the user's server, kept where the editor keeps secrets: by server, so that no other is ever sent it. */
import type * as vscode from 'vscode';

const placeOf = (baseUrl: string): string | undefined =>
  URL.canParse(baseUrl) ? `pixelwright.apiKey ${new URL(baseUrl).origin}` : undefined;

export async function serverKey(secrets: vscode.SecretStorage, baseUrl: string): Promise<string | undefined> {
  const place = placeOf(baseUrl);
  return place === undefined ? undefined : await secrets.get(place);
}

/** @param key empty to forget it. */
export async function keepServerKey(
  secrets: vscode.SecretStorage,
  baseUrl: string,
  key: string,
): Promise<void> {
  const place = placeOf(baseUrl);
  if (place === undefined) return;
  if (key === '') await secrets.delete(place);
  else await secrets.store(place, key);
}
