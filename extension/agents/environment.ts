/** Settings as the environment of a process that the extension starts. */
import { environmentName, type Settings, settingNames } from '../../shared/start.ts';

/** What is said of each setting; lists with commas between. What is absent is left to the process. */
export function settingsEnvironment(settings: Settings): Record<string, string> {
  const entries = settingNames.flatMap((name) => {
    const value = settings[name];
    const text = Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value);
    return text === '' ? [] : [[environmentName(name), text] as const];
  });
  return Object.fromEntries(entries);
}
