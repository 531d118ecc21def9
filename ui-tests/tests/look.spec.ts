import type { Locator } from '@playwright/test';

import { nameless } from '../pages/access';
import { Lab } from '../pages/lab';
import { Server } from '../pages/server';
import { expect, test } from '../pages/test';

const FOLDER = 'test-results/look';
const NAME = 'looked-at';

/** What each picture shows, and how it is brought to the front. */
const VIEWS: [string, (lab: Lab, run: string) => Promise<Locator>][] = [
  [
    'notebook',
    async lab => {
      await lab.panel();
      return lab.openNotebook(`${NAME}.ipynb`);
    }
  ],
  [
    'recipe',
    async lab => {
      await lab.execute('cookhouse:open-recipe', { name: NAME });
      return lab.mainPage(/looked-at, version 1/);
    }
  ],
  [
    'run',
    async (lab, run) => {
      await lab.execute('cookhouse:open-run', { model: NAME, id: run });
      const page = await lab.mainPage(/looked-at · run 1/);
      await expect(page.locator('figure svg, figure canvas').first()).toBeVisible();
      return page;
    }
  ],
  [
    'service',
    async lab => {
      await lab.execute('cookhouse:open-service', { name: NAME });
      const page = await lab.mainPage(/^looked-at.*Serving/);
      await expect(page.getByRole('button', { name: 'Predict' })).toBeVisible();
      return page;
    }
  ]
];

test.describe('look', () => {
  test.describe.configure({ mode: 'serial' });
  let run = '';

  test.beforeAll(async ({ request }) => {
    const server = new Server(request);
    await server.makeRecipe(await server.writePeople(NAME), NAME);
    run = await server.makeModel(NAME, NAME);
    await server.makeService(NAME);
  });

  for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
    test(`pages are whole, named and without errors in ${theme}`, async ({ page }) => {
      const errors: string[] = [];
      page.on('console', message => {
        const text = `${message.text()} ${message.location().url}`;
        if (message.type() === 'error' && /cookhouse/i.test(text)) {
          errors.push(text);
        }
      });
      page.on('pageerror', error => errors.push(error.message));
      await page.goto('workspaces/look');
      await page.theme.setTheme(theme);
      const lab = new Lab(page);
      for (const [name, open] of VIEWS) {
        const shown = await open(lab, run);
        const short = theme.split(' ')[1].toLowerCase();
        await page.screenshot({ path: `${FOLDER}/${name}-${short}.png` });
        expect(await nameless(shown), name).toEqual([]);
        expect(await nameless(await lab.panel()), 'panel').toEqual([]);
      }
      await lab.execute('cookhouse:create-model', { recipe: NAME });
      const dialog = page.getByRole('dialog');
      await expect(dialog.getByLabel(/max_iter/)).toBeAttached();
      await page.screenshot({ path: `${FOLDER}/train-${theme.split(' ')[1].toLowerCase()}.png` });
      expect(await nameless(dialog), 'form of training').toEqual([]);
      expect(errors).toEqual([]);
    });
  }
});
