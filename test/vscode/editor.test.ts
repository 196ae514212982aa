/**
 * The packed extension in a real VS Code, driven as a user does. One scenario, quickly, against the working tree:
 *
 *     PIXELWRIGHT_VSCODE=tree npx vitest run test/vscode/editor.test.ts -t 'Cancel'
 *
 * Pictures of what was seen lie in `.cache/vscode-screens/` afterwards; look at them.
 */
import { describe } from 'vitest';
import { giveVsCode } from './harness/given.ts';
import { installVsCode } from './harness/install.ts';
import { agentScenarios } from './scenarios/agents.ts';
import { commandScenarios } from './scenarios/commands.ts';
import { componentScenarios } from './scenarios/components.ts';
import { convertScenarios } from './scenarios/convert.ts';
import { fileScenarios } from './scenarios/files.ts';
import { inHostScenarios } from './scenarios/in-host.ts';
import { keptScenarios } from './scenarios/kept.ts';
import { menuScenarios } from './scenarios/menus.ts';
import { modelScenarios } from './scenarios/model.ts';
import { packedScenarios } from './scenarios/packed.ts';
import { panelScenarios } from './scenarios/panel.ts';
import { pasteScenarios } from './scenarios/paste.ts';
import { startScenarios } from './scenarios/start.ts';

const vscode = await installVsCode();
if ('missing' in vscode) console.warn(`Not tested: ${vscode.missing}`);

describe.skipIf('missing' in vscode)('the extension', { timeout: 120_000 }, () => {
  const given = giveVsCode();
  describe('as a package', () => packedScenarios(given));
  describe('first steps', () => startScenarios(given));
  describe('menus', () => menuScenarios(given));
  describe('converting', () => convertScenarios(given));
  describe('components', () => componentScenarios(given));
  describe('files and folders', () => fileScenarios(given));
  describe('commands', () => commandScenarios(given));
  describe('with a model', () => modelScenarios(given));
  describe('pasting', () => pasteScenarios(given));
  describe('in the extension host', () => inHostScenarios(given));
  describe('agents', () => agentScenarios(given));
  describe('the panel', () => panelScenarios(given));
  describe('the panel, later', () => keptScenarios(given));
});
