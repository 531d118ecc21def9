import type { Locator } from '@playwright/test';

import { nameless } from '../pages/access';
import { Lab } from '../pages/lab';
import { Server } from '../pages/server';
import { expect, test } from '../pages/test';

const FOREST = [
  'from sklearn.datasets import load_breast_cancer',
  'from sklearn.ensemble import RandomForestClassifier',
  'from sklearn.model_selection import train_test_split',
  'X, y = load_breast_cancer(return_X_y=True, as_frame=True)',
  'X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)',
  'model = RandomForestClassifier(n_estimators=5, random_state=0)\nmodel.fit(X_train, y_train)',
  'print(model.score(X_test, y_test))'
];

/** The recipe's form of training. */
async function trainForm(lab: Lab, recipe: string): Promise<Locator> {
  await lab.execute('cookhouse:create-model', { recipe });
  const dialog = lab.page.getByRole('dialog');
  await expect(dialog.getByLabel(/n_estimators/)).toBeVisible();
  return dialog;
}

test.describe('models', () => {
  test.describe.configure({ mode: 'serial' });

  test.beforeAll(async ({ request }) => {
    const server = new Server(request);
    await server.writeNotebook('Forest.ipynb', [FOREST.slice(0, 3).join('\n'), ...FOREST.slice(3)]);
    await server.makeRecipe('Forest.ipynb', 'forest');
  });

  test.beforeEach(({ page }) => page.goto('workspaces/models').then(() => undefined));

  test('the form of training has names for all of its fields', async ({ page }) => {
    const lab = new Lab(page);
    const dialog = await trainForm(lab, 'forest');
    expect(await nameless(dialog)).toEqual([]);
    const submit = dialog.getByRole('button', { name: 'Train', exact: true });
    await expect(submit).toBeInViewport({ ratio: 1 });
    await dialog.getByLabel(/n_estimators/).press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  test('a hyperparameter out of its range cannot be sent', async ({ page, request }) => {
    const lab = new Lab(page);
    const dialog = await trainForm(lab, 'forest');
    await dialog.getByLabel(/n_estimators/).fill('0');
    const submit = dialog.getByRole('button', { name: 'Train', exact: true });
    await expect(submit).toBeDisabled();
    await expect(dialog.getByText(/n_estimators is out of its range/)).toBeVisible();
    await expect(dialog.getByText('This must be 1 or more.')).toBeVisible();
    await dialog.getByLabel(/n_estimators/).press('Enter');
    await expect(dialog).toBeVisible();
    const models = await new Server(request).get<{ total: number }>('models?recipe=forest');
    expect(models.total).toBe(0);
  });

  test('a cancelled training is Cancelled, and nothing half-made remains', async ({
    page,
    request
  }) => {
    const lab = new Lab(page);
    const dialog = await trainForm(lab, 'forest');
    await dialog.getByLabel('Model name').fill('endless');
    await dialog.getByLabel(/n_estimators/).fill('200000');
    await dialog.getByRole('button', { name: 'Train', exact: true }).click();
    await lab.execute('cookhouse:open-model', { name: 'endless' });
    const server = new Server(request);
    const runs = async () =>
      (await server.get<{ items: { id: string }[] }>('models/endless/runs')).items ?? [];
    await expect.poll(async () => (await runs()).length).toBe(1);
    await lab.execute('cookhouse:open-run', { model: 'endless', id: (await runs())[0].id });
    const run = await lab.mainPage(/endless · run 1/);
    await expect(run.getByText('Running').first()).toBeVisible({ timeout: 60_000 });
    await run.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(run.getByRole('heading', { level: 2 })).toContainText('Cancelled', {
      timeout: 60_000
    });
    const score = run.getByRole('button', { name: 'Score…' });
    await expect(score).toHaveAttribute('title', /not succeeded/);
    expect((await server.get<{ best: unknown }>('models/endless')).best ?? null).toBeNull();
  });

  test('scoring a dataset that lacks a column is refused with its name', async ({
    page,
    request
  }) => {
    const lab = new Lab(page);
    const server = new Server(request);
    await server.makeModel('forest', 'forest');
    await server.makeDataset('narrow', 'mean radius,mean texture\n1,2\n3,4\n');
    await lab.execute('cookhouse:create-scoring', { model: 'forest' });
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Input dataset').selectOption('narrow');
    await dialog.getByLabel('Output dataset').fill('narrow-results');
    await dialog.getByRole('button', { name: 'Score', exact: true }).click();
    const sentence = dialog.getByRole('alert');
    await expect(sentence).toContainText(/narrow.* lacks the columns? .*mean perimeter/);
    expect(await server.status('datasets/narrow-results')).toBe(404);
  });

  test('the list of models opens its rows by the keyboard', async ({ page }) => {
    const lab = new Lab(page);
    const list = (await lab.panel()).getByRole('listbox', { name: 'Models' });
    await expect(list.getByRole('option', { name: /forest/ })).toBeAttached();
    await list.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    const first = list.getByRole('option', { selected: true });
    const title = (await first.locator('.ck-Row-title').textContent()) ?? '';
    await page.keyboard.press('Enter');
    await lab.mainPage(new RegExp(title));
  });
});
