import { test as galata } from '@jupyterlab/galata';

export { expect } from '@jupyterlab/galata';

/**
 * Galata's test with the Lab as a user has it: the layout is kept by the server and comes back after
 * a reload, and a page is ready when the splash is gone, whatever is open on it.
 */
export const test = galata.extend({
  mockState: false,
  autoGoto: false,
  resetWorkspace: false,
  // What runs is not watched through the test: a server that is restarted would fail it.
  kernels: null,
  sessions: null,
  terminals: null,
  // Playwright reads the names of the fixtures needed from the pattern, so it must be one.
  waitForApplication: async ({}, provide) => {
    await provide(async page => {
      await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
      await page.waitForFunction(() =>
        window.jupyterapp?.commands.hasCommand('cookhouse:open-service')
      );
    });
  }
});
