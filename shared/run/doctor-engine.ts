/** What `doctor` says of the engine inside pixelwright: its libraries, devices and model. */
import type { Settings } from '../config.ts';
import { PixelwrightError } from '../errors.ts';
import type { Finding } from './doctor.ts';
import { howToGetAModel } from './engine.ts';
import type { GpuReport } from './gpu.ts';

/** The graphics processors that the system shows, whether or not the engine can use them. */
export async function gpuFinding(report: GpuReport): Promise<Finding> {
  // Loaded late: it starts system tools, and only this command asks.
  const { default: system } = await import('systeminformation');
  const { controllers } = await system.graphics();
  const models = controllers
    .map(({ model, vram }) => `${model}${vram ? `, ${vram} MB` : ''}`)
    .filter(Boolean);
  const advice = report.advice === undefined ? {} : { next: report.advice };
  if (models.length > 0) return { name: 'GPU', status: 'ok', found: models.join('; '), ...advice };
  return {
    name: 'GPU',
    status: 'absent',
    found: 'none seen',
    next: 'Nothing to do: measuring needs none, and a model also runs on the processor, only slower.',
    ...advice,
  };
}

/** Libraries, variant for this processor, devices. */
export function engineFinding(report: GpuReport, settings: Settings): Finding {
  const name = 'native engine';
  const { engine, problem } = report;
  if (engine === undefined) {
    const wanted = settings.engine === 'native' || settings.device !== 'auto';
    const found = problem?.message ?? 'its libraries cannot be used';
    const next = problem?.next === undefined ? {} : { next: problem.next };
    return { name, status: wanted ? 'broken' : 'absent', found, ...next };
  }
  const gpus = engine.devices.filter(({ kind }) => kind === 'gpu' || kind === 'integrated-gpu');
  const variant = engine.processor.replace(/^(?:lib)?ggml-cpu-?|\.(?:so|dll)$/g, '');
  const processor = `processor (${variant === '' ? 'one variant' : variant})`;
  const places = [...gpus.map((gpu) => `${gpu.description} (${gpu.name})`), processor];
  const found = `llama.cpp libraries ${engine.version} for ${engine.device}, on ${places.join(', ')}`;
  const asked = settings.device === 'vulkan' || settings.device === 'cuda' || settings.device === 'metal';
  if (!asked || gpus.length > 0) return { name, status: 'ok', found };
  return {
    name,
    status: 'broken',
    found: `${found}; no GPU works with ${settings.device}`,
    next: 'Install the driver of your GPU, or leave --device out.',
  };
}

/** The model that would be used, or how to get one. */
export async function modelFinding(settings: Settings): Promise<Finding> {
  if (settings.engine !== 'native' && settings.baseUrl !== undefined) {
    return { name: 'model', status: 'ok', found: 'on the engine server below' };
  }
  const { findModel } = await import('./native.ts');
  try {
    const model = await findModel(settings);
    if (model !== undefined) return { name: 'model', status: 'ok', found: `${model.name} (${model.model})` };
  } catch (error) {
    if (!(error instanceof PixelwrightError)) throw error;
    return {
      name: 'model',
      status: 'broken',
      found: error.message,
      ...(error.next === undefined ? {} : { next: error.next }),
    };
  }
  return {
    name: 'model',
    status: 'absent',
    found: 'none; pages are measured from the pixels',
    next: howToGetAModel,
  };
}
