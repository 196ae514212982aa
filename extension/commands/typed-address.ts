/** The address of a page as people type it. */

/** `localhost:3000` is of this machine and has no certificate; a name without a scheme else is meant with https. */
export function addressOf(text: string): URL | undefined {
  const typed = text.trim();
  const scheme = /^(?:localhost|127\.|\[::1\])/i.test(typed) ? 'http' : 'https';
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `${scheme}://${typed}`;
  if (typed === '' || /\s/.test(typed) || !URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}
