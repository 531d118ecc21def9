import type { Locator } from '@playwright/test';

import { Lab } from '../pages/lab';
import { expect, test } from '../pages/test';

/** The number behind a label of a definition list. */
async function valueOf(list: Locator, label: string): Promise<string> {
  return (await list.locator(`dt:has-text("${label}") + dd`).getAttribute('title')) ?? '';
}

test('a real notebook becomes a recipe, trains, scores, is published and answers', async ({
  page
}) => {
  const lab = new Lab(page);
  await page.goto();
  let prediction = '';
  let call = { url: '', key: '', body: '' };

  await test.step('make the sample from the panel', async () => {
    const panel = await lab.panel();
    await panel.getByRole('button', { name: 'Make the sample' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make the sample' }).click();
    const list = panel.getByRole('listbox', { name: 'Datasets' });
    for (const name of ['luma-web-events', 'luma-training', 'luma-scoring']) {
      await expect(list.getByRole('option', { name: new RegExp(name) })).toBeVisible();
    }
  });

  await test.step('run the EDA cells of its EDA notebook', async () => {
    await lab.openNotebook('Luma EDA.ipynb');
    await lab.action('Run EDA cells');
    const strip = page.getByText(/^\d+ exploring cells ran$/);
    await expect(strip).toBeAttached({ timeout: 180_000 });
    await expect(
      page.locator('.jp-NotebookPanel:visible .jp-OutputArea-output').first()
    ).toBeVisible();
  });

  await test.step('every statement of the propensity notebook is accounted for', async () => {
    const notebook = await lab.openNotebook('Luma propensity.ipynb');
    const code = notebook.locator('.jp-CodeCell');
    for (let index = 0; index < (await code.count()); index++) {
      await expect(code.nth(index).locator('.ck-Mark').first()).toBeAttached();
    }
    const panel = await lab.panel();
    await expect(panel).toContainText(/Ready/i);
  });

  await test.step('create the recipe, having looked at it, and read its proof', async () => {
    await lab.action('Create recipe');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Stages');
    await expect(dialog).toContainText('Hyperparameters');
    await dialog.getByRole('button', { name: /^Create recipe$/i }).click();
    await expect(dialog).toContainText(/agree to the last bit/, { timeout: 180_000 });
    await expect(dialog).toContainText(/Safe to score/);
    await dialog.getByRole('button', { name: 'Close' }).first().click();
  });

  await test.step('train with one hyperparameter changed and watch metrics arrive', async () => {
    await lab.action('Train');
    const dialog = page.getByRole('dialog');
    const trees = dialog.getByLabel(/n_estimators/);
    await trees.fill('40');
    await dialog.getByRole('button', { name: 'Train', exact: true }).click();
    const run = await lab.mainPage(/run 1/);
    await expect(run.getByText('Succeeded').first()).toBeVisible({ timeout: 240_000 });
    await expect(run.getByRole('region', { name: 'Metrics' })).toContainText(/roc|auc|accuracy/i);
    await expect(run.getByRole('figure').filter({ hasText: 'ROC curve' })).toBeVisible();
    await expect(run.locator('figure svg, figure canvas').first()).toBeVisible();
    await run.getByRole('tab', { name: 'Parameters' }).click();
    await expect(run.getByRole('row', { name: /n_estimators/ })).toContainText('40');
  });

  await test.step('score into the empty results dataset: one batch, as many rows', async () => {
    await lab.openNotebook('Luma propensity.ipynb');
    await lab.action('Score');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Input dataset').selectOption('luma-scoring');
    await dialog.getByLabel('Output dataset').fill('luma-propensity-results');
    await dialog.getByRole('button', { name: 'Score', exact: true }).click();
    const scoring = await lab.mainPage(/Scoring with/);
    await expect(scoring.getByText('Succeeded').first()).toBeVisible({ timeout: 240_000 });
    await expect(scoring.getByRole('table', { name: /first rows/ })).toContainText('prediction');
    const rows = async (name: string): Promise<number> =>
      (await (await lab.api('get', `datasets/${name}`)).json()).rows;
    expect(await rows('luma-propensity-results')).toBe(await rows('luma-scoring'));
    const batches = await (await lab.api('get', 'datasets/luma-propensity-results/batches')).json();
    expect(batches.items.filter((batch: { rows: number }) => batch.rows > 0)).toHaveLength(1);
  });

  await test.step('publish and try a row in the form', async () => {
    await lab.openNotebook('Luma propensity.ipynb');
    await lab.action('Publish');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Service name').fill('luma-propensity');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    const service = await lab.mainPage('luma-propensity');
    await expect(service.getByText('Serving').first()).toBeVisible({ timeout: 240_000 });
    await service.getByRole('button', { name: 'Predict' }).click();
    const answer = service.getByLabel('Answer of the service');
    await expect(answer).toBeVisible();
    prediction = await valueOf(answer, 'Probability');
    expect(Number(prediction)).toBeGreaterThanOrEqual(0);
  });

  await test.step('curl with the key gives the same number', async () => {
    const service = await lab.mainPage('luma-propensity');
    await service.getByRole('tab', { name: 'Call it' }).click();
    const text =
      (await service.getByLabel('curl', { exact: true }).locator('pre').textContent()) ?? '';
    call = {
      url: /curl '([^']+)'/.exec(text)?.[1] ?? '',
      key: /Bearer ([^']+)'/.exec(text)?.[1] ?? '',
      body: /-d '(.+)'$/s.exec(text)?.[1].replace(/'\\''/g, "'") ?? ''
    };
    expect(await ask(call)).toBe(prediction);
  });

  await test.step('all of it is there after a reload', async () => {
    await page.reload();
    await everythingIsThere(lab);
  });

  await test.step('all of it is there after a restart of the server, and the service answers', async () => {
    await lab.restartServer();
    await page.goto();
    await everythingIsThere(lab);
    await expect.poll(() => ask(call).catch(String), { timeout: 60_000 }).toBe(prediction);
  });

  await test.step('reset the sample', async () => {
    await lab.execute('cookhouse:reset-sample');
    await page.getByRole('dialog').getByRole('button', { name: 'Reset the sample' }).click();
    await expect
      .poll(
        async () => (await (await lab.api('get', 'datasets/luma-propensity-results')).json()).rows,
        { timeout: 120_000 }
      )
      .toBe(0);
  });
});

async function everythingIsThere(lab: Lab): Promise<void> {
  const panel = await lab.panel();
  for (const [section, name] of [
    ['Datasets', 'luma-propensity-results'],
    ['Recipes', 'luma-propensity'],
    ['Models', 'luma-propensity'],
    ['Services', 'luma-propensity']
  ]) {
    const list = panel.getByRole('listbox', { name: section });
    await expect(list.getByRole('option', { name: new RegExp(name, 'i') }).first()).toBeAttached();
  }
  await expect(lab.page.getByRole('tab', { name: 'luma-propensity' }).first()).toBeAttached();
}

interface ICall {
  url: string;
  key: string;
  body: string;
}

/** Call the service as somebody from outside: no cookies, only the key. */
function post(call: ICall): Promise<Response> {
  return fetch(call.url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${call.key}`, 'Content-Type': 'application/json' },
    body: call.body
  });
}

async function ask(call: ICall): Promise<string> {
  const response = await post(call);
  const { probabilities } = (await response.json()) as { probabilities: number[] };
  return String(probabilities[0]);
}
