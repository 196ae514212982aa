/** Errors as the editor tells them, and the state of the engine. */
import { describe, expect, it } from 'vitest';
import { engineState, stateIcon } from '../../extension/engine-state.ts';
import { errorTrace, errorView } from '../../extension/errors.ts';
import { cancelled, PixelwrightError } from '../../shared/start.ts';

describe('an error', () => {
  it('offers the next step that fits', () => {
    const kinds = (error: unknown) => errorView(error).actions.map(({ kind }) => kind);
    expect(kinds(new PixelwrightError('model-missing', 'None.'))).toEqual(['set-up-model', 'open-settings']);
    expect(kinds(new PixelwrightError('model-corrupt', 'Half.'))).toEqual(['set-up-model', 'show-log']);
    expect(kinds(new PixelwrightError('engine-crashed', 'Gone.'))).toContain('show-log');
    expect(kinds(new PixelwrightError('input-not-found', 'No file.'))).toEqual([]);
  });

  it('about a setting opens that setting', () => {
    const error = new PixelwrightError('option-invalid', 'Bad.', { details: { setting: 'device' } });
    expect(errorView(error).actions[0]).toEqual({ kind: 'open-settings', setting: 'device' });
  });

  it('says nothing of the command line', () => {
    const forShell = { next: 'Run "pixelwright models pull" once.' };
    expect(errorView(new PixelwrightError('model-missing', 'None.', forShell)).message).toBe('None.');
    const forServer = { next: 'Give it with --base-url URL.' };
    expect(errorView(new PixelwrightError('network', 'No answer.', forServer)).message).toBe('No answer.');
    const neutral = { next: 'Export it as PNG.' };
    expect(errorView(new PixelwrightError('input-unsupported', 'HEIC.', neutral)).message).toBe(
      'HEIC. Export it as PNG.',
    );
  });

  it('that is a cancel is no news', () => {
    expect(errorView(cancelled()).severity).toBe('none');
  });

  it('of no known kind is called a fault, with its causes in the log', () => {
    const error = new TypeError('x is undefined', { cause: new Error('deeper') });
    expect(errorView(error)).toMatchObject({ severity: 'error', actions: [{ kind: 'show-log' }] });
    expect(errorTrace(error)).toMatch(/x is undefined[\s\S]*caused by[\s\S]*deeper/);
  });
});

describe('the state of the engine', () => {
  const none = async () => undefined;
  const some = async () => ({ name: 'qwen3-vl-2b:Q8_0' });
  const broken = async () => {
    throw new PixelwrightError('model-corrupt', 'Half of it is here.');
  };

  it('is a server where one is set, told without what may be a password', async () => {
    const settings = { engine: 'auto', baseUrl: 'http://user:secret@127.0.0.1:8080/v1' } as const;
    expect(await engineState(settings, some)).toEqual({
      kind: 'server',
      address: 'http://127.0.0.1:8080/v1',
    });
    expect(await engineState({ ...settings, engine: 'native' }, some)).toMatchObject({ kind: 'ready' });
  });

  it('is what is found on this machine otherwise', async () => {
    const settings = { engine: 'auto', baseUrl: undefined } as const;
    expect(await engineState(settings, none)).toEqual({ kind: 'none' });
    expect(await engineState(settings, some)).toEqual({ kind: 'ready', model: 'qwen3-vl-2b:Q8_0' });
    expect(await engineState(settings, broken)).toEqual({ kind: 'broken', reason: 'Half of it is here.' });
  });

  it('shows that work goes on before all else', () => {
    expect(stateIcon({ kind: 'none' }, 1)).toBe('$(sync~spin)');
    expect(stateIcon({ kind: 'none' }, 0)).toBe('$(wand)');
  });
});
