/** What a field's words say of it: its type, and what browsers may fill in. */

export interface FieldHint {
  /** Only types that look like text. */
  readonly type?: 'email' | 'tel' | 'url' | 'search' | 'password';
  /** A value of HTML's `autocomplete`. */
  readonly autocomplete?: string;
}

/** Words of labels and placeholders; the first that fits counts. */
const hints: readonly (readonly [RegExp, FieldHint])[] = [
  [/\b(new|repeat|confirm)\b.*\bpassword\b/i, { type: 'password', autocomplete: 'new-password' }],
  [/\bpass(word|code|phrase)\b/i, { type: 'password', autocomplete: 'current-password' }],
  [/\be-?mail\b|@/i, { type: 'email', autocomplete: 'email' }],
  [/\b(phone|mobile|telephone|tel)\b/i, { type: 'tel', autocomplete: 'tel' }],
  [/\b(user ?name|login)\b/i, { autocomplete: 'username' }],
  [/\b(first|given) name\b/i, { autocomplete: 'given-name' }],
  [/\b(last|family|sur) ?name\b/i, { autocomplete: 'family-name' }],
  [/\bname on (the )?card\b/i, { autocomplete: 'cc-name' }],
  [/\bcard number\b/i, { autocomplete: 'cc-number' }],
  [/\b(cvc|cvv|security code)\b/i, { autocomplete: 'cc-csc' }],
  [/\b(expiry|expires|expiration)\b/i, { autocomplete: 'cc-exp' }],
  [/\b(full|your) name\b|^name$/i, { autocomplete: 'name' }],
  [/\b(company|organi[sz]ation)\b/i, { autocomplete: 'organization' }],
  [/\b(street|address)\b/i, { autocomplete: 'street-address' }],
  [/\b(post(al)? ?code|zip)\b/i, { autocomplete: 'postal-code' }],
  [/\b(city|town)\b/i, { autocomplete: 'address-level2' }],
  [/\bcountry\b/i, { autocomplete: 'country-name' }],
  [/\b(web ?site|url)\b|^https?:/i, { type: 'url', autocomplete: 'url' }],
  [/^search\b/i, { type: 'search' }],
];

/** @param words label and placeholder of a field. */
export function hintOf(words: string): FieldHint {
  return hints.find(([pattern]) => pattern.test(words))?.[1] ?? {};
}
