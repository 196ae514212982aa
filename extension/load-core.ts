/** Loads the core late: activation must not make anybody wait, and loads nothing native. */
export const loadCore = async () => await import('./core.ts');

export type Core = Awaited<ReturnType<typeof loadCore>>;
